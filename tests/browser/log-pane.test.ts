import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/ui/style/base.css';
import type { Entry } from '../../src/log/entry';
import LogPane from '../../src/ui/log/LogPane.svelte';
import { memoryPreferences } from '../../src/ui/preferences';
import { Workbench } from '../../src/ui/workbench.svelte';
import { FakePlayer } from './fake-player';
import { numbered, sampleEntries, sampleScenario } from './sample-run';

function open(player: FakePlayer): { workbench: Workbench; rows: () => HTMLElement[] } {
  const workbench = new Workbench({ player, preferences: memoryPreferences({ language: 'en', theme: 'dark' }) });
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

  test('filters by kind of entry', async () => {
    const player = sample();
    const { rows } = open(player);
    player.seek(5000);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('button', { name: 'Failures', exact: true }).click();
    await expect.poll(() => rows().length).toBeGreaterThan(0);
    await expect.poll(() => rows().every((row) => /failed|gave up|crashed/.test(row.textContent))).toBe(true);
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
    await page.getByRole('combobox', { name: 'Process' }).selectOptions('email');
    await expect.poll(() => rows().every((row) => row.textContent.includes('email'))).toBe(true);
    rows()[0]!.click();
    expect(workbench.codeRequest).toEqual({ file: 'email.ts', line: 5 });
  });
});

describe('the metrics', () => {
  test('count per process and per event at the playhead', async () => {
    const player = sample();
    open(player);
    player.seek(1700);
    await page.getByRole('tab', { name: 'Metrics' }).click();
    await expect.element(page.getByRole('region', { name: 'Metrics' })).toBeVisible();
    const row = page.getByRole('row', { name: /order.created/ });
    await expect.element(row).toBeVisible();
    expect(row.element().textContent.replace(/\s+/g, '')).toContain('order.created12');
  });
});
