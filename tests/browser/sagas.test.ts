import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import SagasView from '../../src/ui/sagas/SagasView.svelte';
import { oneRunATest, openRun } from './open-run';

// The sagas of the gallery's run: orchestrated, careless and choreographed ones, the same orders each.

oneRunATest();

/** The last orders have begun and not ended. */
const nowMs = 23_000;
const open = (language?: 'en' | 'uk') => openRun('saga-pattern', SagasView, nowMs, language);
const rows = (host: HTMLElement) => [...host.querySelectorAll('.instances li')];
const names = (host: HTMLElement) => rows(host).map((row) => row.querySelector('.id')?.textContent);

test('all that have started are there by state, the choreographed ones among them', async () => {
  const { host, entries } = await open();
  const orchestrated = entries.filter(({ type }) => type === 'saga.started').length;
  const placed = entries.filter((entry) => entry.type === 'message.published' && entry.message.type === 'order.placed');
  expect(placed.length).toBeGreaterThan(10);
  await vi.waitFor(() => {
    const counts = [...host.querySelectorAll('.strip .count')].map((one) => Number(one.textContent));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(orchestrated + placed.length);
  });
  await expect.element(page.getByText('order.placed, without an orchestrator').first()).toBeVisible();
});

test('they are ordered by start, by step or by duration', async () => {
  const { host, entries } = await open();
  const latest = entries.findLast((entry) => entry.type === 'saga.started');
  await vi.waitFor(() => expect(names(host)).toContain(latest?.instance));
  const byStart = names(host);
  await page.getByRole('radio', { name: 'By duration' }).click();
  await vi.waitFor(() => expect(names(host)).not.toEqual(byStart));
  await page.getByRole('radio', { name: 'By start' }).click();
  await vi.waitFor(() => expect(names(host)).toEqual(byStart));
});

test('a step that is pressed is selected, and its saga has its steps, its state and the usual durations beside it', async () => {
  const { workbench, host } = await open();
  await page.getByRole('button', { name: /^Show only compensated/ }).click();
  await page.getByRole('searchbox').fill('order-7');
  const undo = page.getByRole('button', { name: 'undo charge: done' });
  await undo.click();
  expect(workbench.selection?.type).toBe('entry');
  const detail = page.getByRole('complementary', { name: 'Details of order-7' });
  await expect.element(detail).toBeVisible();
  const steps = [...detail.element().querySelectorAll('.step')].map((one) => one.textContent);
  expect(steps).toEqual(['reserve', 'charge', 'ship', 'undo charge', 'undo reserve']);
  await expect.element(detail.getByText('"undone"')).toBeVisible();
  await expect.element(detail.getByText('p95')).toBeVisible();
  await expect.element(detail.getByText('no courier').first()).toBeVisible();
  await expect.element(detail.getByRole('button', { name: /orchestrator\.ts:\d+/ })).toBeVisible();
  // Each way back leads to the step that it undoes.
  await vi.waitFor(() => expect(host.querySelectorAll('.lane > svg path')).toHaveLength(2));
});

test('its orchestrator is crashed from there, at the playhead', async () => {
  const { player } = await open();
  await page.getByRole('searchbox').fill('order-7');
  await page.getByRole('button', { name: 'Crash orchestrator' }).click();
  expect(player.scenario.interventions).toContainEqual(
    expect.objectContaining({ type: 'process.crash', atMs: nowMs, process: 'orchestrator' }),
  );
});

test('in Ukrainian the states and orders are Ukrainian', async () => {
  const { host } = await open('uk');
  await expect.element(page.getByRole('radio', { name: 'За тривалістю' })).toBeInTheDocument();
  await vi.waitFor(() => expect(rows(host)).toHaveLength(10));
  expect(host.textContent).not.toMatch(/completed|compensated|undo |By start/);
});

test('the next stuck one is gone to, whatever hides it', async () => {
  const { workbench, player, entries } = await open();
  const next = page.getByRole('button', { name: 'Next stuck' });
  await expect.element(next).not.toBeInTheDocument();
  // Who handles an order without an orchestrator goes down in the middle of it: nobody knows how far it came.
  const handling = entries.find(
    (entry) => entry.type === 'delivery.started' && entry.listener === 'chargeWhenReserved',
  );
  if (handling?.type !== 'delivery.started') expect.fail('nobody charges');
  player.seek(handling.atMs + 1);
  player.intervene({ type: 'process.crash', process: handling.process });
  await vi.waitFor(() => expect(player.status).toBe('ready'));
  await vi.waitFor(() => {
    player.seek(nowMs);
    expect(player.playheadMs).toBe(nowMs);
  });
  await page.getByRole('searchbox').fill('nothing is called this');
  await expect.element(page.getByText(/^\d+ sagas? (is|are) stuck\.$/)).toBeVisible();
  await next.click();
  await expect.element(page.getByRole('complementary').getByText(/^stuck,/)).toBeVisible();
  await expect.element(page.getByRole('searchbox')).toHaveValue('');
  expect(workbench.selection?.type).toBe('entry');
});
