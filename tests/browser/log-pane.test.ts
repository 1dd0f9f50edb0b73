import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import type { Entry } from '../../src/log/entry';
import { parseQuery } from '../../src/projections/log-query';
import { filteredLogFile, wholeLogFile } from '../../src/ui/log/log-files';
import LogPane from '../../src/ui/log/LogPane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { englishWords } from '../../src/ui/text/english-words';
import { Workbench } from '../../src/ui/workbench.svelte';
import { FakePlayer } from './fake-player';
import { numbered, sampleEntries, sampleScenario } from './sample-run';

function open(player: FakePlayer): { workbench: Workbench; rows: () => HTMLElement[] } {
  const workbench = new Workbench({ player, preferences: memoryPreferences({ theme: 'dark' }), words: englishWords });
  const host = document.createElement('div');
  host.style.cssText = 'width: 400px; height: 316px';
  document.body.append(host);
  void render(LogPane, { target: host, props: { workbench } });
  return { workbench, rows: () => [...host.querySelectorAll<HTMLElement>('[role="option"]')] };
}

function sample(): FakePlayer {
  return new FakePlayer(sampleEntries(), sampleScenario);
}

/** One line of console after another. */
function manyEntries(count: number): Entry[] {
  return numbered(
    Array.from({ length: count }, (_, n) => ({
      type: 'console.printed' as const,
      atMs: n,
      process: n % 1000 === 0 ? 'rare' : 'often',
      stream: 'stdout' as const,
      text: `line ${String(n)}\n`,
    })),
  );
}

describe('the log', () => {
  test('shows what lies before the playhead, and no more', async () => {
    const player = sample();
    const { rows } = open(player);
    await expect.element(page.getByText('Nothing has happened yet')).toBeVisible();
    player.seek(1000);
    await expect.poll(() => rows().length).toBeGreaterThan(5);
    const texts = rows().map((row) => row.textContent);
    expect(texts.some((text) => text.includes('shop published order.created (m_1) to shop-bus'))).toBe(true);
    expect(rows().length).toBeLessThan(sampleEntries().length);
  });

  test('draws only the rows in view of 100 000 entries, and the last of them', async () => {
    const player = new FakePlayer(manyEntries(100_000), sampleScenario);
    const { rows } = open(player);
    player.seekTo(100_000);
    await expect.poll(() => rows().at(-1)?.textContent).toContain('line 99999');
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]!.getAttribute('aria-setsize')).toBe('100000');
  });

  test('filters by text and by process, counts the hits and clears', async () => {
    const player = new FakePlayer(manyEntries(20_000), sampleScenario);
    const { rows } = open(player);
    player.seekTo(20_000);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('rare');
    await expect.element(page.getByText('20 hits')).toBeVisible();
    expect(rows()[0]!.getAttribute('aria-setsize')).toBe('20');
    expect(rows()[0]!.textContent).toContain('rare');
    await page.getByRole('searchbox').fill('often 19999');
    await expect.element(page.getByText('1 hit')).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => rows()[0]?.getAttribute('aria-setsize')).toBe('20000');
  });

  test('filters by kind, process and fate together, and takes each away by its chip', async () => {
    const player = sample();
    const { workbench, rows } = open(player);
    player.seek(5000);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const choose = async (facet: string, value: string): Promise<void> => {
      await page.getByRole('button', { name: facet }).click();
      await page.getByRole('checkbox', { name: value }).click();
      await userEvent.keyboard('{Escape}');
    };
    await choose('Kind', 'Failures');
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    await expect.poll(() => rows().every((row) => /failed|gave up|crashed/.test(row.textContent))).toBe(true);
    await choose('Process', 'accounting');
    await choose('Fate', 'failed');
    await expect.poll(() => rows().every((row) => row.textContent.includes('post in accounting failed'))).toBe(true);
    expect(rows()).toHaveLength(8);
    await page.getByRole('button', { name: 'Remove Fate failed' }).click();
    await page.getByRole('button', { name: 'Remove Kind Failures' }).click();
    expect(workbench.logQuery).toMatchObject({ kind: [], process: ['accounting'], fate: [] });
    await choose('Event', 'order.created');
    expect(workbench.logQuery.event).toEqual(['order.created']);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => Number(rows()[0]?.getAttribute('aria-setsize'))).toBe(player.position);
  });

  test('reads facets that are typed, and steps through the hits with Enter', async () => {
    const player = sample();
    const { workbench, rows } = open(player);
    player.seek(5000);
    workbench.searchLog();
    await page.getByRole('searchbox').fill('process:email handled');
    await expect.element(page.getByText('4 hits')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('1 of 4 hits')).toBeVisible();
    expect(workbench.logQuery).toMatchObject({ process: ['email'], text: 'handled' });
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('2 of 4 hits')).toBeVisible();
    expect(workbench.selection).toMatchObject({ type: 'message', message: 'm_2' });
    await userEvent.keyboard('{Shift>}{Enter}{/Shift}{Shift>}{Enter}{/Shift}');
    await expect.element(page.getByText('4 of 4 hits')).toBeVisible();
    expect(rows().map((row) => row.querySelector('mark')?.textContent)).toEqual([
      'handled',
      'handled',
      'handled',
      'handled',
    ]);
  });

  test('keeps the other entries in sight when asked, and marks the hits', async () => {
    const player = sample();
    const { workbench, rows } = open(player);
    player.seek(2000);
    workbench.searchLog();
    await page.getByRole('searchbox').fill('1C answers');
    await expect.element(page.getByText('3 hits')).toBeVisible();
    await page.getByRole('button', { name: 'Only the hits' }).click();
    await expect.poll(() => Number(rows()[0]?.getAttribute('aria-setsize'))).toBe(player.position);
    await page.getByRole('button', { name: 'Next hit' }).click();
    await expect.element(page.getByText('1 of 3 hits')).toBeVisible();
    const chosen = rows().find((row) => row.ariaSelected === 'true');
    expect(chosen?.textContent).toContain('1C answers 503');
  });

  test('exports what is filtered as NDJSON and CSV, and the whole log', async () => {
    const player = sample();
    const { workbench } = open(player);
    player.seek(2000);
    workbench.logQuery = parseQuery('kind:failures process:accounting');
    const ndjson = await (await filteredLogFile(workbench, 'ndjson')).content.text();
    const lines = ndjson.trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Entry).type)).toEqual(Array(3).fill('delivery.failed'));
    const { name, content } = await filteredLogFile(workbench, 'csv');
    expect(name).toBe('order-created-filtered.csv');
    const [head, first] = (await content.text()).split('\r\n');
    expect(head).toBe('seq,atMs,type,process,event,message,fate,where,cause,text,data');
    expect(first).toContain(',1200,delivery.failed,accounting,order.created,m_1,failed,accounting.ts:5,,');
    expect(first).toContain(',post in accounting failed on m_1: Error: 1C answers 503,');
    const whole = await (await wholeLogFile(workbench, 'ndjson')).content.text();
    expect(whole.trimEnd().split('\n')).toHaveLength(sampleEntries().length);
    await page.getByRole('button', { name: 'Export' }).click();
    await expect.element(page.getByRole('menuitem', { name: 'What is filtered, CSV' })).toBeVisible();
  });

  test('marks entries of a selected process, and the one that tells of a selected intervention', async () => {
    const player = sample();
    const { workbench, rows } = open(player);
    player.seek(3000);
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    workbench.select({ type: 'intervention', index: 0 });
    await expect.poll(() => rows().find((row) => row.ariaSelected === 'true')?.textContent).toContain('Crash sms');
  });

  test('moves the selection with the arrows and goes to the code with Enter', async () => {
    const player = sample();
    const { workbench, rows } = open(player);
    player.seek(1300);
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    rows().at(-1)!.click();
    const first = workbench.selection;
    expect(first).toMatchObject({ type: 'message', message: 'm_1' });
    (page.getByRole('listbox').element() as HTMLElement).focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(workbench.selection).not.toEqual(first);
    await userEvent.keyboard('{PageUp}{PageUp}{ArrowDown}');
    const published = sampleEntries().find((entry) => entry.type === 'message.published')!;
    workbench.select({ type: 'message', message: 'm_1', seq: published.seq });
    await expect.poll(() => rows().find((row) => row.ariaSelected === 'true')?.textContent).toContain('published');
    await userEvent.keyboard('{Enter}');
    expect(workbench.codeRequest).toEqual({ file: 'shop.ts', line: 3 });
  });

  test('brings a selection made elsewhere into view', async () => {
    const player = new FakePlayer(manyEntries(50_000), sampleScenario);
    const { workbench, rows } = open(player);
    player.seekTo(50_000);
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    workbench.select({ type: 'entry', seq: 123 });
    await expect.poll(() => rows().find((row) => row.ariaSelected === 'true')?.textContent).toContain('line 123');
  });

  test('puts the focus into the search when the reader asks for it', async () => {
    const player = sample();
    const { workbench } = open(player);
    player.seek(2000);
    workbench.searchLog();
    await expect.element(page.getByRole('searchbox', { name: 'Search the log' })).toHaveFocus();
  });
});

describe('the console', () => {
  test('shows the lines of all processes or of one, and goes to the line of code', async () => {
    const player = sample();
    const { workbench, rows } = open(player);
    player.seek(5000);
    await page.getByRole('tab', { name: /Console/ }).click();
    await expect.element(page.getByRole('region', { name: 'Console' })).toBeVisible();
    await expect.poll(() => rows().length).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Process' }).click();
    await page.getByRole('checkbox', { name: 'email' }).click();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => rows().every((row) => row.textContent.includes('email'))).toBe(true);
    rows()[0]!.click();
    expect(workbench.codeRequest).toEqual({ file: 'email.ts', line: 5 });
  });
});

describe('the filter of the console', () => {
  test('combines process, stream and text, and counts the lines', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => ({
      type: 'console.printed' as const,
      atMs: n,
      process: n % 2 === 0 ? 'email' : 'sms',
      stream: n % 4 === 0 ? ('stderr' as const) : ('stdout' as const),
      text: `line ${n}\n`,
    }));
    const player = new FakePlayer(numbered(lines), sampleScenario);
    const { workbench, rows } = open(player);
    player.seekTo(40);
    await page.getByRole('tab', { name: /Console/ }).click();
    await page.getByRole('button', { name: 'Stream' }).click();
    await page.getByRole('checkbox', { name: /stderr/ }).click();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('10 hits')).toBeVisible();
    await page.getByRole('searchbox', { name: 'Search the console' }).fill('line 1');
    await expect.element(page.getByText('2 hits')).toBeVisible();
    expect(rows().map((row) => row.textContent)).toEqual([
      expect.stringContaining('line 12'),
      expect.stringContaining('line 16'),
    ]);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(() => rows()[0]?.getAttribute('aria-setsize')).toBe('40');
    expect(workbench.consoleQuery.stream).toEqual([]);
  });
});

describe('the metrics', () => {
  const columnsOf = (name: string): string[] =>
    [...page.getByRole('table', { name }).element().querySelectorAll('thead th button')].map(
      (button) => button.getAttribute('aria-label') ?? '',
    );

  test('count per process and per event at the playhead, with units', async () => {
    const player = sample();
    open(player);
    player.seek(1700);
    await page.getByRole('tab', { name: 'Metrics' }).click();
    await expect.element(page.getByRole('region', { name: 'Metrics' })).toBeVisible();
    const events = page.getByRole('table', { name: /Events/ });
    const row = events.getByRole('row', { name: /order.created/ });
    await expect.element(row).toBeVisible();
    await page.getByRole('button', { name: 'All columns' }).click();
    const plain = (text: string): string => text.replace(/\s+/g, '');
    await expect.poll(() => plain(row.element().textContent)).toBe('order.created122/s1.2/s110300ms300ms300ms');
    const accounting = page.getByRole('row', { name: /accounting/ });
    expect(plain(accounting.element().textContent)).toBe('accounting000/s0/s118.8%');
  });

  test('keep p95 in 400 pixels without scrolling sideways', async () => {
    const player = sample();
    open(player);
    player.seek(5000);
    await page.getByRole('tab', { name: 'Metrics' }).click();
    const group = page.getByRole('group', { name: 'Metrics' });
    await expect.element(group).toBeVisible();
    await expect.poll(() => columnsOf('Processes')).toContain('p95');
    expect(columnsOf('Events')).toContain('p95');
    const { scrollWidth, clientWidth } = group.element();
    expect(scrollWidth).toBe(clientWidth);
  });

  test('sort by a column and name it; a row selects its process, an event filters the log', async () => {
    const player = sample();
    const { workbench } = open(player);
    player.seek(5000);
    await page.getByRole('tab', { name: 'Metrics' }).click();
    const processes = page.getByRole('table', { name: /Processes/ });
    await processes.getByRole('button', { name: 'acked' }).click();
    await expect.element(page.getByText('at the playhead, by acked')).toBeVisible();
    const names = (): string[] =>
      [...processes.element().querySelectorAll('tbody th')].map((cell) => cell.textContent.trim());
    await expect.poll(names).toEqual(['email', 'sms', 'shop', 'accounting']);
    await processes.getByRole('button', { name: 'acked' }).click();
    await expect.poll(() => names().at(-1)).toBe('email');
    expect(processes.element().querySelector('[aria-sort]')?.getAttribute('aria-sort')).toBe('ascending');
    await processes.getByRole('button', { name: 'sms' }).click();
    expect(workbench.selection).toEqual({ type: 'process', process: 'sms' });
    await page
      .getByRole('table', { name: /Events/ })
      .getByRole('button', { name: 'order.created' })
      .click();
    expect(workbench.logQuery.event).toEqual(['order.created']);
    expect(workbench.layout.logTab).toBe('log');
  });
});
