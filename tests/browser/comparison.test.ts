import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import ComparisonHost from '../../src/ui/comparison/ComparisonHost.svelte';
import { oneRunATest, openRun, type OpenRun } from './open-run';

// Calls and events side by side, over the gallery's run.

oneRunATest();

const atMs = 5_000;
const button = (name: string) => page.getByRole('button', { name, exact: true });
const open = (atMs: number, language?: 'en' | 'uk') => openRun('rest-vs-events', ComparisonHost, atMs, language);

/** The texts of a row's two figures. */
function figures({ host }: OpenRun, name: string): readonly string[] {
  const rows = [...host.querySelectorAll('tbody tr')];
  const row = rows.find((one) => one.querySelector('th')?.firstChild?.textContent === name);
  return [...(row?.querySelectorAll('td.value') ?? [])].map((cell) => cell.querySelector('span')?.textContent ?? '');
}

/** What the reader has done: the scenario's own interventions come later. */
function done({ player }: OpenRun): readonly unknown[] {
  return player.scenario.interventions.filter(({ atMs }) => atMs < 8_000);
}

test('the view is shown first where a scenario compares, and the switch leads to the workbench and back', async () => {
  const { workbench } = await open(3_000);
  expect(workbench.views.shown?.name).toBe('comparison');
  await page.getByRole('radio', { name: 'Workbench' }).click();
  expect(workbench.views.shown).toBeUndefined();
  expect(workbench.views.name).toBe('workbench');
  await page.getByRole('radio', { name: 'Comparison' }).click();
  expect(workbench.views.shown?.name).toBe('comparison');
});

test('a service is slowed on both sides at once, each way to it by half a second, and sped up again', async () => {
  const run = await open(atMs);
  await button('Slow email').click();
  const latencyMs = 520;
  expect(done(run)).toEqual([
    { atMs, type: 'link.change', from: 'rest-orders', to: 'rest-email', link: { latencyMs } },
    { atMs, type: 'link.change', from: 'rabbitmq', to: 'email', link: { latencyMs } },
  ]);
  await expect.element(button('Speed up email')).toBeVisible();
});

test('a service is crashed on both sides at once, which then say that it is down; from the keyboard too', async () => {
  const run = await open(atMs);
  (button('Crash email').element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect(done(run)).toEqual([
    { atMs, type: 'process.crash', process: 'rest-email' },
    { atMs, type: 'process.crash', process: 'email' },
  ]);
  await expect.element(button('Restart email')).toBeVisible();
  run.player.undo();
  expect(done(run)).toEqual([]);
});

test('more load is one more client, which both sides serve', async () => {
  const run = await open(atMs);
  await expect.element(page.getByText('load 1×')).toBeVisible();
  await button('More load').click();
  expect(done(run)).toEqual([{ atMs, type: 'process.scale', service: 'customers', replicas: 2 }]);
  await expect.element(page.getByText('load 2×')).toBeVisible();
});

test('the figures are what the log says: requests that were refused, of those that were sent', async () => {
  const run = await open(14_000);
  const sent = run.entries.filter((entry) => entry.type === 'http.requested');
  const ended = new Map(run.entries.flatMap((one) => (one.type === 'http.completed' ? [[one.request, one]] : [])));
  const answers = new Map(run.entries.flatMap((one) => (one.type === 'http.answered' ? [[one.request, one]] : [])));
  const failed = new Set(run.entries.flatMap((one) => (one.type === 'http.failed' ? [one.request] : [])));
  const expected = ['rest-orders', 'orders'].map((entry) => {
    const asked = sent.filter(({ process, host }) => process === 'customers' && host.split(':')[0] === entry);
    expect(asked.length).toBeGreaterThan(5);
    const refused = asked.filter(
      ({ request }) => failed.has(request) || (ended.has(request) && (answers.get(request)?.status ?? 0) >= 400),
    );
    return `${refused.length} of ${asked.length}`;
  });
  await vi.waitFor(() => expect(figures(run, 'Requests refused')).toEqual(expected));
  expect(expected[1]).toMatch(/^0 of/);
  expect(expected[0]).not.toMatch(/^0 of/);
});

test('a figure that is not taken of all requests says of how many', async () => {
  const { host } = await open(14_000);
  const takenIn = (name: string): readonly string[] => {
    const row = [...host.querySelectorAll('tbody tr')].find(
      (one) => one.querySelector('th')?.firstChild?.textContent === name,
    );
    return [...(row?.querySelectorAll('td.value') ?? [])].map(
      (cell) => cell.querySelector('.taken')?.textContent ?? '',
    );
  };
  await vi.waitFor(() =>
    expect(takenIn('Answer to the client, p50')).toEqual([expect.stringMatching(/^\d+ of \d+$/), '']),
  );
  expect(takenIn('Requests refused')).toEqual(['', '']);
});

test.each(['en', 'uk'] as const)('on a phone nothing on the stages is cut (%s)', async (language) => {
  await page.viewport(390, 844);
  const { host } = await open(10_500, language);
  const cut = (): string[] =>
    [...host.querySelectorAll<HTMLElement>('.stage b, .stage span')].flatMap((one) =>
      one.scrollWidth > one.clientWidth + 1 ? one.textContent : [],
    );
  await vi.waitFor(() => {
    expect(host.querySelectorAll('.part.down').length).toBe(2);
    expect(cut()).toEqual([]);
  });
});

test('an earlier pair of requests is looked at, and the latest followed again', async () => {
  await open(14_000);
  const latest = button('Follow the latest');
  await expect.element(latest).toHaveAttribute('aria-pressed', 'true');
  await button('The request before').click();
  await expect.element(latest).toHaveAttribute('aria-pressed', 'false');
  await latest.click();
  await expect.element(latest).toHaveAttribute('aria-pressed', 'true');
});

test('the table is saved as CSV, with a line for every row and the figures that are on show', async () => {
  const run = await open(14_000);
  const saved: Blob[] = [];
  const made = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    saved.push(blob as Blob);
    return '#';
  });
  await button('Save as CSV').click();
  made.mockRestore();
  const text = (await saved[0]?.text()) ?? '';
  const rows = run.host.querySelectorAll('tbody tr');
  expect(text.trimEnd().split('\r\n')).toHaveLength(rows.length + 1);
  expect(text).toContain(`Requests refused,${figures(run, 'Requests refused').join(',')}`);
});

test('what one run does not show is measured in further ones, beside it: every step slower, other seeds', async () => {
  const run = await open(14_000);
  const { scenario, playheadMs } = run.player;
  const seconds = (text: string): number => parseFloat(text) * (text.endsWith('ms') ? 0.001 : 1);
  await button('Try 100 seeds').click();
  const stop = page.getByRole('button', { name: /^Stop at ([2-9]|\d\d) of 100$/ });
  await expect.element(stop, { timeout: 60_000 }).toBeVisible();
  await stop.click();
  await expect.element(page.getByRole('button', { name: /^Hide \d+ seeds$/ })).toBeVisible();
  // What the seeds were put before goes on.
  await vi.waitFor(
    () => {
      const [calls = '', events = ''] = figures(run, 'Answer when every step is 3× slower');
      expect(seconds(calls)).toBeGreaterThan(2);
      expect(seconds(events)).toBeLessThan(0.3);
    },
    { timeout: 60_000 },
  );
  expect(run.host.textContent).toMatch(/median [\d.]+\sm?s, [\d.]+\sm?s to [\d.]+\sm?s/);
  expect(run.player.scenario).toEqual(scenario);
  expect(run.player.playheadMs).toBe(playheadMs);
}, 150_000);

test('the code of both sides is set side by side, file by file, and Escape leads back to where it was asked for', async () => {
  const { host, player } = await open(3_000);
  await button('Diff the code').click();
  await expect.element(button('Back to the figures')).toHaveFocus();
  await expect.element(page.getByRole('combobox', { name: 'Files' })).toHaveTextContent('rest-orders.ts ↔ orders.ts');
  const orders = await vi.waitUntil(() => host.querySelector('.modified .view-lines'), 60_000);
  // While the run goes on, what is read stays.
  player.seek(3_500);
  await expect.poll(() => host.querySelector('.pair')?.textContent).toBe('request 3');
  expect(host.contains(orders)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(button('Diff the code')).toHaveFocus();
}, 90_000);

test('in Ukrainian, no English word is left in the table’s heads or the controls', async () => {
  const { host } = await open(atMs, 'uk');
  const words = [...host.querySelectorAll('thead th, .foot button, .foot > span, .waits, h3')].map(
    (one) => one.textContent,
  );
  expect(words.length).toBeGreaterThan(5);
  expect(words.join(' ')).not.toMatch(
    /\b(Figure|How|Slow|Crash|load|Calls|Events|measured|Measured|wins|client|Try)\b/,
  );
});
