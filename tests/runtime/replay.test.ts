import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { runScenario } from './run-scenario';

const head = `import { eventBus, replay, show, sleep } from 'eventarium';\nconst bus = eventBus('shop');\n`;
const files = {
  'totals.ts': `${head}let sum = 0;
bus.subscribe('order.*', function total(event, { replayed }) {
  sum += event.data.sum;
  show('sum', sum);
  bus.emit('total.changed', { sum });
  console.log(replayed ? 'again' : 'new', event.data.sum);
});`,
  'shop.ts': `${head}for (const sum of [1, 2, 3]) { bus.emit('order.placed', { sum }); await sleep(1000); }\nbus.emit('parcel.sent', { sum: 100 });`,
};
const replayAt = (atMs: number, more: object = {}): Intervention => ({
  type: 'replay.start',
  atMs,
  broker: 'shop',
  process: 'totals',
  suppressEffects: true,
  ...more,
});

describe('a replay by hand', () => {
  it('feeds what the bus has kept to the listeners of a process, and publishes nothing', async () => {
    const log = await runScenario({ files, interventions: [replayAt(5_000, { suppressEffects: true })] });
    expect(log.printed('totals')).toEqual(['new 1', 'new 2', 'new 3', 'again 1', 'again 2', 'again 3']);
    expect(log.of('replay.started')).toMatchObject([{ messages: 7, pattern: '#', suppressEffects: true }]);
    expect(log.of('replay.ended')).toMatchObject([{ failed: 0 }]);
    expect(log.of('message.dispatched').filter(({ replayed }) => replayed)).toHaveLength(3);
    expect(log.of('effect.held').map(({ event, data }) => [event, data])).toEqual([
      ['total.changed', { sum: 7 }],
      ['total.changed', { sum: 9 }],
      ['total.changed', { sum: 12 }],
    ]);
    expect(log.of('message.published')).toHaveLength(7);
  });

  it('lets the effects happen unless they are held back, and holds them back after an await too', async () => {
    const late = files['totals.ts']
      .replace('function total', 'async function total')
      .replace('sum +=', 'await sleep(10);\n  sum +=');
    for (const [suppressEffects, held, published] of [
      [false, 0, 10],
      [true, 3, 7],
    ] as const) {
      const log = await runScenario({
        files: { ...files, 'totals.ts': late },
        interventions: [replayAt(5_000, { suppressEffects })],
      });
      expect([log.of('effect.held').length, log.of('message.published').length]).toEqual([held, published]);
    }
  });

  it('takes events of a pattern, a span of time, a correlation, a publisher', async () => {
    const log = await runScenario({
      files,
      interventions: [
        replayAt(5_000, { fromMs: 1_000, toMs: 1_999 }),
        replayAt(6_000, { correlation: 'm_1' }),
        replayAt(7_000, { publisher: 'totals', listener: 'total' }),
        replayAt(8_000, { pattern: 'order.placed', fromMs: 2_000 }),
      ],
    });
    expect(log.of('replay.started').map(({ messages }) => messages)).toEqual([2, 2, 3, 1]);
    expect(log.printed('totals').slice(3)).toEqual(['again 2', 'again 1', 'again 3']);
  });

  it('builds the state of a listener that came later, one after another', async () => {
    const log = await runScenario({
      files: { ...files, 'late.ts': files['totals.ts'].replace("bus.emit('total.changed', { sum });", '') },
      processes: [{ file: 'totals.ts' }, { file: 'shop.ts' }, { file: 'late.ts', startAtMs: 4_000 }],
      interventions: [replayAt(5_000, { process: 'late' })],
    });
    expect(
      log
        .of('process.showed')
        .filter(({ process }) => process === 'late')
        .map(({ value }) => value),
    ).toEqual(['1', '3', '6']);
  });

  it('shows what an edited text makes of the same events', async () => {
    const source = files['totals.ts'].replace('sum += event.data.sum', 'sum += event.data.sum * 2');
    const log = await runScenario({
      files,
      interventions: [
        { type: 'file.edit', atMs: 4_500, file: 'totals.ts', source },
        replayAt(5_000, { suppressEffects: true }),
      ],
    });
    expect(log.of('effect.held').map(({ data }) => data)).toEqual([{ sum: 2 }, { sum: 6 }, { sum: 12 }]);
  });

  it('ends with its process, and is refused without a listener or a history', async () => {
    const slow = files['totals.ts']
      .replace('function total', 'async function total')
      .replace('sum +=', 'await sleep(1000);\n  sum +=');
    const log = await runScenario({
      files: { ...files, 'totals.ts': slow },
      interventions: [
        replayAt(6_000),
        { type: 'process.crash', atMs: 6_500, process: 'totals' },
        replayAt(8_000),
        replayAt(9_000, { broker: 'nowhere' }),
      ],
    });
    expect(log.of('replay.ended').map(({ atMs }) => atMs)).toEqual([6_500]);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'totals has no listener on shop.',
      'There is no broker nowhere.',
    ]);
  });
});

describe('replay in code', () => {
  it('filters and holds effects back as a replay by hand does', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}function seen(event) { console.log(event.type); bus.emit('seen'); }
bus.emit('one'); bus.emit('two');
await sleep(1);
console.log(await replay(bus, seen, { publisher: 'a', correlation: 'm_2', suppressEffects: true }));`,
      },
    });
    expect(log.printed()).toEqual(['two', '{ events: 1, failed: 0 }']);
    expect(log.of('effect.held')).toMatchObject([{ event: 'seen', process: 'a' }]);
  });
});
