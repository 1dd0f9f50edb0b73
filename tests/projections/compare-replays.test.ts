import { expect, test } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { writeEntries } from '../../src/log/ndjson';
import { encodeText } from '../../src/log/utf8';
import { compareReplays } from '../../src/projections/compare-replays';
import { figuresOf } from '../../src/projections/replays';
import { runScenario } from '../runtime/run-scenario';

const bill = (rule: string): string => `import { eventBus } from 'eventarium';
const bus = eventBus('shop');
bus.subscribe('order.placed', function bill({ data: { id } }) { ${rule} });`;
const files = {
  'bills.ts': bill(`bus.emit('order.billed', { id });`),
  'shop.ts': `import { eventBus } from 'eventarium';
for (const id of [1, 2, 3]) eventBus('shop').emit('order.placed', { id });`,
};
const replay = { type: 'replay.start', broker: 'shop', process: 'bills', suppressEffects: true } as const;

async function log(...interventions: readonly Intervention[]) {
  const { entries } = await runScenario({ files, interventions });
  const halves = [entries.slice(0, 10), entries.slice(10)].map((part) => encodeText(writeEntries(part)));
  return async function* () {
    for (const ndjson of halves) yield { ndjson };
  };
}

test('two runs that replay the same into different texts are compared by message', async () => {
  const asked = { ...replay, atMs: 1_000 };
  const [a, b] = [
    await log(asked),
    await log(
      {
        type: 'file.edit',
        atMs: 500,
        file: 'bills.ts',
        source: bill(`if (id > 1) bus.emit('order.billed', { id: id * 10 });`),
      },
      asked,
    ),
  ];
  const [compared, ...more] = await compareReplays(a, b);
  expect(more).toEqual([]);
  expect(compared).toMatchObject({ entry: { type: 'replay.started', atMs: 1_000, process: 'bills' } });
  expect(figuresOf(compared!.messages)).toEqual({
    messages: 3,
    then: { handled: 3, failed: 0, effects: 3, apart: 3, absent: 0 },
    now: { handled: 3, failed: 0, effects: 2, apart: 2, absent: 0 },
    differing: 3,
  });
  expect(figuresOf((await compareReplays(a, a))[0]!.messages)).toMatchObject({ messages: 3, differing: 0 });
});

test('a replay of one run alone has nobody beside it, in the order of time; runs without any have none', async () => {
  const [none, once, twice] = [
    await log(),
    await log({ ...replay, atMs: 2_000 }),
    await log({ ...replay, atMs: 1_000 }, { ...replay, atMs: 2_000 }),
  ];
  expect(await compareReplays(none, none)).toEqual([]);
  const compared = await compareReplays(twice, once);
  expect(compared.map(({ entry }) => entry.atMs)).toEqual([1_000, 2_000]);
  expect(compared.map(({ messages }) => figuresOf(messages).now.absent)).toEqual([3, 0]);
});
