import { expect, test } from 'vitest';
import { applyEntry, copySystem, createSystem, type SystemState } from '../../src/projections/system';
import { sagaCounts, type SagaCounts } from '../../src/projections/system-sagas';
import { runGallery } from '../gallery/run-gallery';

test('counts at every position what each process orchestrates, as the whole log tells it, also from a copy', async () => {
  const { entries } = await runGallery('saga-pattern');
  const open = new Map<string, keyof SagaCounts>();
  const orchestrators = new Set(entries.flatMap((entry) => (entry.type === 'saga.declared' ? [entry.process] : [])));
  expect(orchestrators.size).toBeGreaterThan(0);
  let state: SystemState = createSystem();
  let most = 0;
  for (const entry of entries) {
    applyEntry(state, entry);
    if (entry.seq % 100 === 0) state = copySystem(state);
    if (entry.type === 'saga.started') open.set(`${entry.process} ${entry.instance}`, 'running');
    if (entry.type === 'saga.step-failed' && entry.attemptsLeft === 0)
      open.set(`${entry.process} ${entry.instance}`, 'compensating');
    if (entry.type === 'saga.ended' && entry.outcome !== 'stuck') open.delete(`${entry.process} ${entry.instance}`);
    if (entry.type === 'saga.ended' && entry.outcome === 'stuck')
      open.set(`${entry.process} ${entry.instance}`, 'stuck');
    for (const process of orchestrators) {
      const own = [...open].filter(([key]) => key.startsWith(`${process} `)).map(([, each]) => each);
      const count = (of: keyof SagaCounts): number => own.filter((each) => each === of).length;
      const expected = { running: count('running'), compensating: count('compensating'), stuck: count('stuck') };
      expect(sagaCounts(state, process)).toEqual(expected);
      most = Math.max(most, expected.compensating);
    }
  }
  expect(most).toBeGreaterThan(0);
});

test('a message on its way to who compensates, and what that one publishes, undoes; nothing else does', async () => {
  const { entries } = await runGallery('saga-pattern');
  const compensators = new Set(
    entries.flatMap((entry) =>
      entry.type === 'listener.subscribed' && entry.compensates !== undefined ? [entry.subscription] : [],
    ),
  );
  const undoers = new Set<number>();
  const toThem = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'message.dispatched' && compensators.has(entry.subscription)) toThem.add(entry.delivery);
    if (entry.type === 'delivery.started' && toThem.has(entry.delivery)) undoers.add(entry.seq);
    if (entry.type === 'saga.compensation-started') undoers.add(entry.seq);
  }
  const undoing = new Set(
    entries.flatMap((entry) =>
      entry.type === 'message.published' && undoers.has(entry.cause ?? -1) ? [entry.message.id] : [],
    ),
  );
  expect([toThem.size > 0, undoing.size > 0]).toEqual([true, true]);
  const state = createSystem();
  for (const entry of entries) {
    applyEntry(state, entry);
    if (entry.type === 'message.published')
      expect(state.flights.get(entry.message.id)?.undoes).toBe(undoing.has(entry.message.id));
    if (entry.type === 'message.dispatched')
      expect(state.flights.get(entry.delivery)?.undoes).toBe(toThem.has(entry.delivery) || undoing.has(entry.message));
  }
});
