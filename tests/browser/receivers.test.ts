import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { ReceiverBook, receiverFiguresAt } from '../../src/projections/receivers';
import ReceiversView from '../../src/ui/receivers/ReceiversView.svelte';
import { oneRunATest, openRun } from './open-run';

// The receiver of the gallery's run: an order has failed for good and nobody has retried it yet.

oneRunATest();

const atMs = 30_000;
const open = (instantMs = atMs, language?: 'en' | 'uk') =>
  openRun('webhook-receiver', ReceiversView, instantMs, language);
const section = () => page.getByRole('region', { name: 'safe · orders' });

test('the view is offered, with the figures of the log at the playhead', async () => {
  const { workbench, entries, player } = await open();
  await expect.element(page.getByRole('radio', { name: 'Receivers' })).toBeVisible();
  expect(workbench.views.shown).toBeUndefined();
  const book = new ReceiverBook();
  for (const entry of entries) book.append(entry);
  const shownAt = (instantMs: number): string => {
    const figures = receiverFiguresAt(book.all[0]!, instantMs);
    return Object.values({ ...figures }).join(' ');
  };
  const numbers = (): string =>
    [...section().element().querySelectorAll('dl div')]
      .map((each) => each.querySelector('dd')?.textContent)
      .sort()
      .join(' ');
  for (const instantMs of [atMs, 20_000]) {
    player.seek(instantMs);
    await vi.waitFor(() => expect(numbers()).toBe(shownAt(instantMs).split(' ').sort().join(' ')));
  }
  await expect.element(section().getByText('paused', { exact: true })).toBeVisible();
});

test('pausing, retrying and resolving are interventions at the playhead', async () => {
  const { player } = await open();
  const of = { process: 'safe', receiver: 'orders' };
  const known = new Set(player.scenario.interventions.map((each) => JSON.stringify(each)));
  const added = () => player.scenario.interventions.filter((each) => !known.has(JSON.stringify(each)));
  for (const name of ['Retry evt_7', 'Resolve iss_2', 'Pause orders']) {
    // What was done before has the run computed again.
    player.seek(atMs);
    await vi.waitUntil(() => player.status === 'ready' && player.playheadMs === atMs, { timeout: 10_000 });
    await section().getByRole('button', { name }).click();
  }
  await vi.waitFor(() => expect(added()).toHaveLength(3));
  expect(added()).toMatchObject([
    { type: 'receiver.retry', atMs, ...of, events: ['evt_7'] },
    { type: 'receiver.issue', atMs, ...of, issue: 'iss_2', as: 'resolved' },
    { type: 'receiver.pause', atMs, ...of },
  ]);
  await vi.waitFor(() => expect(player.status).toBe('ready'));
  player.seek(atMs + 20_000);
  await expect.element(section().getByText('paused', { exact: true })).toBeVisible();
  await expect.element(section().getByRole('button', { name: 'Resume orders' })).toBeVisible();
});

test('an attempt is selected by a click, and the log goes to its entry', async () => {
  const { workbench, entries } = await open();
  await section().getByRole('button', { name: 'evt_7, attempt 3: failed' }).click();
  const { selection } = workbench;
  const entry = selection?.type === 'entry' ? entries[selection.seq] : undefined;
  expect(entry).toMatchObject({ type: 'receiver.attempt-started', event: 'evt_7', attempt: 3 });
});

test('in Ukrainian everything is said in Ukrainian', async () => {
  const { host } = await open(atMs, 'uk');
  await vi.waitFor(() => expect(host.querySelectorAll('dl dt')).toHaveLength(9));
  expect(host.querySelector('section')?.textContent).not.toMatch(/accepted|queued|Resolve|Retry|attempt/);
});
