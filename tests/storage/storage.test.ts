import { afterEach, expect, test } from 'vitest';
import type { FromStorage, ToStorage } from '../../src/storage/protocol';
import { DurableStorage } from '../../src/storage/storage';
import { done, FakeBrowser, scenario } from './tabs';

const browser = new FakeBrowser();
afterEach(() => browser.close());

test('keeps scenarios under their names, the one changed last first', async () => {
  const { storage } = browser.openTab();
  await done(storage.saveScenario('draft', { ...scenario, title: 'Draft' }));
  browser.nowMs += 1;
  await done(storage.saveScenario('mine', scenario));
  browser.nowMs += 1;
  await done(storage.saveScenario('draft', { ...scenario, title: 'Draft, later' }));
  expect(await done(storage.listScenarios())).toMatchObject([
    { name: 'draft', title: 'Draft, later' },
    { name: 'mine', title: 'Shop' },
  ]);
  expect(await done(storage.readScenario('mine'))).toEqual(scenario);
  await done(storage.deleteScenario('mine'));
  expect(await storage.readScenario('mine')).toEqual({ type: 'not-found' });
});

test('starts the worker with the first call', async () => {
  let starts = 0;
  const storage = new DurableStorage(() => {
    starts += 1;
    throw new Error('no workers here');
  });
  const events: unknown[] = [];
  storage.onEvent((event) => events.push(event));
  expect(starts).toBe(0);
  const unavailable = { type: 'unavailable', message: 'Error: no workers here' };
  expect(await storage.listRuns()).toEqual(unavailable);
  expect(await storage.createRun(scenario)).toEqual(unavailable);
  expect(starts).toBe(1);
  expect(events).toEqual([{ type: 'storage-unavailable', message: 'Error: no workers here' }]);
});

test('says that nothing can be kept when the database cannot be opened', async () => {
  const { storage, database, events } = browser.openTab();
  database.open = () => Promise.reject(new DOMException('blocked by the user', 'SecurityError')) as never;
  const message = 'SecurityError: blocked by the user';
  expect(await storage.createRun(scenario)).toEqual({ type: 'unavailable', message });
  expect(await storage.listRuns()).toEqual({ type: 'unavailable', message });
  expect(events).toEqual([{ type: 'storage-unavailable', message }]);
});

test('answers calls that were under way when the worker died', async () => {
  let die: (message: string) => void = () => {};
  const storage = new DurableStorage(() => ({
    post: () => {},
    listen: (_, onFailure) => (die = onFailure),
    close: () => {},
  }));
  const events: unknown[] = [];
  storage.onEvent((event) => events.push(event));
  const listed = storage.listRuns();
  die('out of memory');
  die('again');
  expect(await listed).toEqual({ type: 'unavailable', message: 'out of memory' });
  expect(await storage.listRuns()).toEqual({ type: 'unavailable', message: 'out of memory' });
  expect(events).toEqual([{ type: 'storage-unavailable', message: 'out of memory' }]);
});

test('drops answers that nobody waits for and refuses what cannot be cloned', async () => {
  let answer: (message: FromStorage) => void = () => {};
  const posted: ToStorage[] = [];
  const storage = new DurableStorage(() => ({
    post: (message) => posted.push(structuredClone(message)),
    listen: (onMessage) => (answer = onMessage),
    close: () => {},
  }));
  const listed = storage.listScenarios();
  answer({ type: 'answer', id: 77, value: null });
  answer({ type: 'answer', id: posted[0]!.id, value: [] });
  answer({ type: 'answer', id: posted[0]!.id, value: null });
  expect(await listed).toEqual({ type: 'done', value: [] });
  const strange = { ...scenario, note: (() => '') as unknown as string };
  expect(await storage.saveScenario('mine', strange)).toMatchObject({ type: 'failed' });
});
