import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import ExperimentsView from '../../src/ui/experiments/ExperimentsView.svelte';
import { oneRunATest, openRun } from './open-run';

// The experiments of the gallery's A/B run: one by key, one with a shadow.

oneRunATest();

/** Both versions have handled much, and nobody has switched yet. */
const beforeMs = 5_500;
const open = (atMs = beforeMs, language?: 'en' | 'uk') => openRun('ab-testing', ExperimentsView, atMs, language);
const section = (name: string) => page.getByRole('region', { name });

test('the view is offered but does not come first', async () => {
  const { workbench } = await open();
  expect(workbench.views.shown).toBeUndefined();
  await page.getByRole('radio', { name: 'Experiments' }).click();
  expect(workbench.views.shown?.name).toBe('experiments');
});

test('each experiment has the figures of both versions side by side, as many as the log', async () => {
  const { entries } = await open();
  const handled = entries.filter(
    (entry) => entry.type === 'experiment.version-succeeded' && entry.experiment === 'charge-by-key',
  );
  expect(handled.length).toBeGreaterThan(15);
  const row = section('charge-by-key').getByRole('row', { name: /^handled/ });
  await expect.element(row).toBeVisible();
  await vi.waitFor(() => {
    const counts = [...row.element().querySelectorAll('.value')].map((cell) => Number(cell.textContent));
    expect(counts).toHaveLength(2);
    expect(counts[0]! + counts[1]!).toBe(handled.length);
  });
});

test('a shadow says what it would have made of the messages, and its effects are counted as held', async () => {
  const { entries } = await open();
  const held = entries.filter(({ type }) => type === 'effect.held').length;
  await expect
    .element(section('charge-shadow').getByText(/^[1-9]\d* of \d+ messages would have come out/))
    .toBeVisible();
  const row = section('charge-shadow').getByRole('row', { name: /^effects held/ });
  await vi.waitFor(() => expect(row.element().querySelectorAll('.value')[1]?.textContent).toBe(String(held)));
});

test('a call is selected by a click, and the log goes to its entry', async () => {
  const { workbench, entries } = await open();
  await section('charge-shadow')
    .getByRole('button', { name: /by quick: handled/ })
    .first()
    .click();
  const { selection } = workbench;
  expect(selection?.type).toBe('entry');
  const entry = selection?.type === 'entry' ? entries[selection.seq] : undefined;
  expect(entry).toMatchObject({ type: 'experiment.version-started', version: 'quick', shadow: true });
});

test('switching to the winner is an intervention at the playhead, after which it handles everything', async () => {
  const { player } = await open();
  await section('charge-shadow').getByRole('radio', { name: 'quick' }).click();
  expect(player.scenario.interventions).toContainEqual(
    expect.objectContaining({
      type: 'experiment.switch',
      atMs: beforeMs,
      experiment: 'charge-shadow',
      version: 'quick',
    }),
  );
  await vi.waitFor(() => expect(player.status).toBe('ready'));
  player.seek(7_000);
  await expect.element(section('charge-shadow').getByText('handles everything')).toBeVisible();
});

test('in Ukrainian the figures have Ukrainian names', async () => {
  const { host } = await open(beforeMs, 'uk');
  await vi.waitFor(() => expect(host.querySelectorAll('.figures tbody th')).toHaveLength(11));
  expect(host.querySelector('.figures')?.textContent).not.toMatch(/handled|failed|retries/);
});
