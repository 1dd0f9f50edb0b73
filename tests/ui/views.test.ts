import { describe, expect, it } from 'vitest';
import { views } from '../../src/ui/views';
import { FakePlayer } from '../browser/fake-player';
import { numbered, sampleEntries, sampleScenario } from '../browser/sample-run';

/** Whether the view of sagas is offered for code that `a.ts`, which a process runs, has or imports, before anything has run. */
const isOffered = (code: string, more: Record<string, string> = {}): boolean => {
  const processes = sampleScenario.processes.slice(0, 1).map((process) => ({ ...process, file: 'a.ts' }));
  const scenario = { ...sampleScenario, processes, files: { 'a.ts': code, ...more } };
  const player = new FakePlayer(sampleEntries(), scenario);
  return views.find(({ name }) => name === 'sagas')!.isOffered(player);
};

describe('the view of sagas', () => {
  it.each([
    `import { saga } from 'eventarium';\nsaga<Order>('order', []);`,
    `const { saga } = require('eventarium');\nsaga('order', []);`,
    `import * as e from "eventarium";\ne.saga('order', []);`,
    `import { eventBus } from 'eventarium';\neventBus('shop').subscribe('refused', refund, { compensates: 'charged' });`,
  ])('is offered for code that has them: %s', (code) => {
    expect(isOffered(code)).toBe(true);
  });

  it.each([
    `import { eventBus } from 'eventarium';\n// As with saga('order', []) before.\neventBus('shop');`,
    `import { eventBus } from 'eventarium';\n/* compensates: 'charged' */\neventBus('shop');`,
    `import { eventBus } from 'eventarium';\nfunction saga() {}\nsaga();\neventBus('shop');`,
    `import { saga } from './own.ts';\nsaga('order', []);`,
  ])('is not offered for what only looks like it: %s', (code) => {
    expect(isOffered(code)).toBe(false);
  });

  it('is offered for what a process imports, and not for a file that nobody runs', () => {
    const files = { 'sagas/order.ts': `import { saga } from 'eventarium';\nsaga('order', []);` };
    expect(isOffered(`import './sagas/order.js';`, files)).toBe(true);
    expect(isOffered(`// import './sagas/order.js';`, files)).toBe(false);
  });

  it('is offered for what a log has, whatever the code says', () => {
    const { atMs } = sampleEntries().at(-1)!;
    const declared = { type: 'saga.declared', atMs, process: 'email', saga: 'order', stages: [['charge']] } as const;
    const player = new FakePlayer(numbered([...sampleEntries(), declared]), sampleScenario);
    player.seek(atMs + 1);
    expect(views.find(({ name }) => name === 'sagas')!.isOffered(player)).toBe(true);
  });
});
