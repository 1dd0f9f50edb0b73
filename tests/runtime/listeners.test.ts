import { describe, expect, it } from 'vitest';
import { jobsMax } from '../../src/runtime/turn';
import { runScenario } from './run-scenario';

const head = `import { eventBus, every, sleep, replay, invariant, readLog } from 'eventarium';\nconst bus = eventBus('shop');\n`;

describe('an event bus', () => {
  it('runs every listener of an event in the order of subscription', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}for (const n of [1, 2, 3]) bus.subscribe('e', () => console.log(n));\nbus.emit('e');` },
    });
    expect(log.printed()).toEqual(['1', '2', '3']);
  });

  it('runs the other listeners when one throws', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', () => console.log(1));\nbus.subscribe('e', function bad() { throw new Error('no'); });\nbus.subscribe('e', () => console.log(3));\nbus.emit('e');`,
      },
    });
    expect(log.printed()).toEqual(['1', '3']);
    expect(log.of('delivery.failed')).toMatchObject([
      { listener: 'bad', where: 'a.ts:4', reason: 'threw', failure: { name: 'Error', message: 'no' } },
    ]);
  });

  it('lets the producer go on at once', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', () => console.log('heard'));\nbus.emit('e');\nconsole.log('emitted');`,
      },
    });
    expect(log.printed()).toEqual(['emitted', 'heard']);
  });

  it('matches one word with * and any number with #', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}for (const p of ['order.created', 'order.*', '#', '*', 'order.#', '#.created', '*.*.paid']) bus.subscribe(p, (e) => console.log(p, e.type));\nfor (const t of ['order.created', 'order', 'order.eu.paid']) bus.emit(t);`,
      },
    });
    expect(log.printed()).toEqual([
      'order.created order.created',
      'order.* order.created',
      '# order.created',
      'order.# order.created',
      '#.created order.created',
      '# order',
      '* order',
      'order.# order',
      '# order.eu.paid',
      'order.# order.eu.paid',
      '*.*.paid order.eu.paid',
    ]);
  });

  it('lets a process end when all it waited for was given to once, and keeps it for the retries', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}let tries = 0;
bus.once('e', () => { if (++tries < 3) throw new Error('no'); console.log('third'); }, { retry: { attempts: 3, initialMs: 100 } });
bus.emit('e');`,
        'b.ts': `${head}bus.once('e', () => console.log('from the queue'), { queue: 'work' });`,
      },
    });
    expect(log.printed()).toEqual(['from the queue', 'third']);
    const exits = log.of('process.exited').map(({ process, code }) => [process, code]);
    expect(exits).toEqual([
      ['b', 0],
      ['a', 0],
    ]);
  });

  it('calls a listener given to once a single time', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}bus.once('e', () => console.log('once'));\nbus.emit('e');\nbus.emit('e');` },
    });
    expect(log.printed()).toEqual(['once']);
  });

  it('stops calling a listener after unsubscribe', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}const f = () => console.log('f');\nbus.subscribe('e', f);\nbus.emit('e');\nawait sleep(1);\nconsole.log(bus.unsubscribe(f));\nbus.emit('e');`,
      },
    });
    expect(log.printed()).toEqual(['f', '1']);
    expect(log.of('message.dropped')).toMatchObject([{ message: 'm_2', reason: 'no-subscriber' }]);
  });

  it('gives every listener a payload of its own', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}const data = { list: [1] };\nbus.subscribe('e', (e) => { e.data.list.push(2); });\nbus.subscribe('e', (e) => console.log(e.data.list.length));\nbus.emit('e', data);\ndata.list.push(3);`,
      },
    });
    expect(log.printed()).toEqual(['1']);
    expect(log.of('message.published')[0]?.message.data).toEqual({ list: [1] });
  });

  it('is the same bus for every process that names it', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', (e) => console.log(e.source, e.data));`,
        'b.ts': `${head}bus.emit('e', 7);`,
      },
    });
    expect(log.printed('a')).toEqual(['/b 7']);
  });

  it('retries with exponential backoff and then keeps the message in the dead-letter queue', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', function bad(e, d) { console.log(d.attempt); throw new Error('no'); }, { retry: { attempts: 4, initialMs: 100, maxMs: 250 }, deadLetter: true });\nbus.emit('e');`,
      },
    });
    expect(log.printedAt()).toEqual(['0 1', '100 2', '300 3', '550 4']);
    expect(log.of('message.dead-lettered')).toMatchObject([{ queue: 'shop.dead', attempts: 4, atMs: 550 }]);
  });

  it('ends an attempt that does not answer in time and ignores its late answer', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', async function slow() { await sleep(300); }, { timeoutMs: 100 });\nbus.emit('e');`,
      },
    });
    expect(log.of('delivery.failed')).toMatchObject([{ atMs: 100, reason: 'timeout', tookMs: 100 }]);
    expect(log.of('delivery.succeeded')).toEqual([]);
  });

  it('says at the end which listener never answered', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', function silent() { return new Promise(() => {}); });\nbus.emit('e');`,
      },
    });
    expect(log.of('delivery.stalled')).toMatchObject([{ listener: 'silent', sinceMs: 0 }]);
  });
});

describe('a bus in queue mode', () => {
  const course = (workers: number): string => `import { eventBus, sleep } from 'eventarium';
const bus = eventBus('jobs', { mode: 'queue', workers: ${String(workers)} });
bus.subscribe('user.registered', async function email() { await sleep(500); });
bus.subscribe('user.registered', async function database() { await sleep(300); });
bus.subscribe('user.registered', function broken() { throw new Error('no'); });
bus.subscribe('order.created', async function sms() { await sleep(200); });
bus.subscribe('order.created', async function database() { await sleep(300); });
bus.emit('user.registered', { id: 123 });
bus.emit('user.registered', { id: 456 });
bus.emit('order.created', { id: 789 });
bus.emit('user.registered', { id: 999 });`;

  it('finishes the events of the course at 0.8, 1.6, 2.1 and 2.9 s with one worker', async () => {
    const log = await runScenario({ files: { 'a.ts': course(1) } });
    const done = log.of('delivery.succeeded').filter(({ listener }) => listener === 'database');
    expect(done.map(({ atMs }) => atMs)).toEqual([800, 1_600, 2_100, 2_900]);
    expect(log.of('delivery.failed')).toHaveLength(3);
  });

  it('finishes sooner with two workers, and with a second one added while it runs', async () => {
    const two = await runScenario({ files: { 'a.ts': course(2) } });
    expect(two.entries.at(-1)?.atMs).toBe(1_600);
    const added = await runScenario({
      files: { 'a.ts': course(1) },
      interventions: [{ type: 'broker.scale', atMs: 800, broker: 'jobs', workers: 2 }],
    });
    expect(added.entries.at(-1)?.atMs).toBe(2_100);
  });

  it('drops what waits when its turn comes and every listener has crashed, and says so', async () => {
    const log = await runScenario({
      files: { 'a.ts': course(1) },
      interventions: [{ type: 'process.crash', atMs: 800, process: 'a' }],
    });
    const [second, third, fourth] = log.of('message.enqueued').slice(1);
    expect(log.of('message.dispatched').at(-1)?.message).toBe(second?.message);
    expect(log.of('message.dropped')).toMatchObject([
      { message: third?.message, queue: 'jobs', reason: 'consumer-gone', cause: third?.seq },
      { message: fourth?.message, queue: 'jobs', reason: 'consumer-gone', cause: fourth?.seq },
    ]);
  });
});

describe('a durable queue', () => {
  const worker = `${head}bus.subscribe('e', async function work(e) { await sleep(100); console.log(e.data); }, { queue: 'work' });`;

  it('shares messages among competing consumers, in turn', async () => {
    const log = await runScenario({
      files: { 'w.ts': worker, 'p.ts': `${head}for (const n of [1, 2, 3, 4]) bus.emit('e', n);` },
      processes: [{ file: 'w.ts', replicas: 2 }, { file: 'p.ts' }],
    });
    expect(log.printed('w#1')).toEqual(['1', '3']);
    expect(log.printed('w#2')).toEqual(['2', '4']);
  });

  it('gives what a crashed consumer had not answered to the next one, in order, at the head', async () => {
    const log = await runScenario({
      files: {
        'w.ts': worker.replace("'work' }", "'work', prefetch: 2 }"),
        'p.ts': `${head}for (const n of [1, 2, 3, 4]) bus.emit('e', n);`,
      },
      processes: [{ file: 'w.ts' }, { file: 'p.ts' }],
      interventions: [
        { type: 'process.crash', atMs: 50, process: 'w' },
        { type: 'process.restart', atMs: 1_000, process: 'w' },
      ],
    });
    expect(log.of('message.requeued').map(({ message }) => message)).toEqual(['m_2', 'm_1']);
    expect(log.printedAt()).toEqual(['1100 1', '1100 2', '1200 3', '1200 4']);
  });

  const cashier = `${head}bus.subscribe('order.*', (e) => console.log(e.type), { queue: 'work' });`;
  const packer = `${head}bus.subscribe('box.*', async (e) => { await sleep(100); console.log(e.type, e.data ?? ''); }, { queue: 'work' });`;
  const emit = (...names: string[]) => `${head}for (const name of ${JSON.stringify(names)}) bus.emit(name);`;

  it('offers a message only to listeners whose own pattern matches it', async () => {
    const log = await runScenario({
      files: {
        'cashier.ts': cashier,
        'packer.ts': packer,
        'shop.ts': emit('box.full', 'order.paid', 'order.sent', 'box.empty', 'hello'),
      },
    });
    expect(log.printed('cashier')).toEqual(['order.paid', 'order.sent']);
    expect(log.printed('packer')).toEqual(['box.full ', 'box.empty ']);
    expect(log.of('message.dropped')).toMatchObject([{ message: 'm_5', reason: 'no-subscriber' }]);
  });

  it('keeps what only a listener that is down would take, and goes on with what the others take', async () => {
    const log = await runScenario({
      files: {
        'cashier.ts': cashier,
        'packer.ts': packer,
        'shop.ts': `${head}await sleep(20);\n${emit('box.one', 'box.two', 'order.paid').slice(head.length)}`,
      },
      interventions: [
        { type: 'process.crash', atMs: 10, process: 'packer' },
        { type: 'process.restart', atMs: 50, process: 'packer' },
      ],
    });
    expect(log.printedAt()).toEqual(['20 order.paid', '150 box.one', '250 box.two']);
  });

  it('takes turns among those that match, whoever else listens to the queue', async () => {
    const log = await runScenario({
      files: {
        'packer.ts': packer.replace("'work' }", "'work', prefetch: 9 }"),
        'cashier.ts': cashier,
        'shop.ts': `${head}for (const n of [1, 2, 3, 4]) { bus.emit('box.full', n); bus.emit('order.paid'); }`,
      },
      processes: [{ file: 'packer.ts', replicas: 2 }, { file: 'cashier.ts' }, { file: 'shop.ts' }],
    });
    expect(log.printed('packer#1')).toEqual(['box.full 1', 'box.full 3']);
    expect(log.printed('packer#2')).toEqual(['box.full 2', 'box.full 4']);
    expect(log.printed('cashier')).toHaveLength(4);
  });

  it('hands waiting messages to a listener that comes later in the order in which they came', async () => {
    const log = await runScenario({
      files: {
        'busy.ts': `${head}bus.subscribe('#', () => new Promise(() => {}), { queue: 'work' });`,
        'shop.ts': emit('x', 'a.1', 'b.1', 'a.2', 'b.2'),
        'late.ts': `${head}await sleep(10);\nconst print = (e) => console.log(e.type);\nbus.subscribe('a.*', print, { queue: 'work', prefetch: 2 });\nbus.subscribe('*.*', print, { queue: 'work', prefetch: 2 });`,
      },
    });
    expect(log.printed()).toEqual(['a.1', 'a.2', 'b.1', 'b.2']);
  });
});

describe('cause tracking', () => {
  it('tells two interleaved invocations of one async listener apart, after every await', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}let release; const gate = new Promise((r) => { release = r; });
bus.subscribe('order', async function handle(e) {
  await sleep(e.data === 1 ? 100 : 50);
  bus.emit('first', e.data);
  if (e.data === 2) release();
  await gate;
  bus.emit('second', e.data);
  try { await Promise.reject(new Error('x')); } catch { bus.emit('third', e.data); }
  await Promise.all([sleep(10), sleep(20)].map(async (p) => { await p; bus.emit('fourth', e.data); }));
  gate.then(() => bus.emit('fifth', e.data));
  setTimeout(() => bus.emit('sixth', e.data), 5);
});
bus.emit('order', 1); bus.emit('order', 2);`,
      },
    });
    const published = log.of('message.published').filter(({ message }) => message.type !== 'order');
    expect(published).toHaveLength(14);
    for (const { message, cause } of published) {
      expect(message.causationid).toBe(`m_${String(message.data)}`);
      expect(log.entries[cause ?? 0]).toMatchObject({ type: 'delivery.started', message: `m_${String(message.data)}` });
    }
  });

  it('carries file and line of the call, though its arguments call other functions', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}function data() {\n  return 1;\n}\nbus.emit('e',\n  data());\nasync function later() {\n  await sleep(1);\n  return 2;\n}\nbus.emit('f', await later());\nevery(1, (n) => bus.emit('g', n), { times: 1 });`,
      },
    });
    expect(log.of('message.published').map(({ where }) => where)).toEqual(['a.ts:6', 'a.ts:12', 'a.ts:13']);
  });
});

describe('user code that misbehaves', () => {
  it.each([
    ['promises that wait for each other', `const again = () => Promise.resolve().then(again);\nagain();`, 'a.mjs:1'],
    ['promises', `const again = () => {\n  Promise.resolve().then(again);\n};\nagain();`, 'a.mjs:2'],
    ['awaits', `for (;;) {\n  await null;\n}`, 'a.mjs:2'],
    ['async functions', `async function again() {\n  await null;\n  return again();\n}\nagain();`, 'a.mjs:2'],
    ['microtasks', `const again = () => queueMicrotask(again);\nagain();`, 'a.mjs:1'],
    ['ticks', `const again = () => process.nextTick(again);\nagain();`, 'a.mjs:1'],
    ['immediates', `const again = () => setImmediate(again);\nagain();`, 'a.mjs:1'],
    ['sleeps of no time', `import { sleep } from 'eventarium';\nfor (;;) {\n  await sleep(0);\n}`, 'a.mjs:3'],
  ])(
    'is stopped in an endless chain of %s at its line, and others go on',
    { timeout: 60_000 },
    async (_, code, where) => {
      const log = await runScenario({
        files: { 'a.mjs': code, 'b.mjs': `setTimeout(() => console.log('fine'), 5);` },
      });
      expect(log.of('limit.reached')).toMatchObject([{ atMs: 0, limit: 'turns', max: jobsMax, where, process: 'a' }]);
      expect(log.of('process.exited')[0]).toMatchObject({
        atMs: 0,
        process: 'a',
        code: 1,
        failure: { name: 'LimitError' },
      });
      expect(log.printed('b')).toEqual(['fine']);
    },
  );

  it('may go on for long as long as time passes', { timeout: 60_000 }, async () => {
    const log = await runScenario({
      files: {
        'a.mjs': `import { sleep } from 'eventarium';\nfor (let n = 0; n < ${String(jobsMax + 10)}; n++) {\n  await null;\n  if (n % 1000 === 0) await sleep(1);\n}\nconsole.log('done');`,
      },
    });
    expect(log.printed()).toEqual(['done']);
  });

  it('is stopped in an endless loop at its line, and other listeners go on', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', function spin() {\n  while (true) {\n    try { for (;;) ; } catch {}\n  }\n});\nbus.subscribe('e', () => console.log('fine'));\nbus.emit('e');`,
      },
    });
    expect(log.of('limit.reached')).toMatchObject([
      { limit: 'turns', where: 'a.ts:5', process: 'a', listener: 'spin' },
    ]);
    expect(log.of('delivery.failed')).toMatchObject([{ listener: 'spin', reason: 'limit' }]);
    expect(log.printed()).toEqual(['fine']);
  });

  it('is stopped in an endless loop of promise jobs, and other listeners go on', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', async function spin() {\n  for (;;) await null;\n});\nbus.subscribe('e', async () => { for (let i = 0; i < 10; i++) await null; console.log('fine'); });\nbus.emit('e');`,
      },
    });
    expect(log.of('limit.reached')).toMatchObject([{ limit: 'turns', listener: 'spin' }]);
    expect(log.of('delivery.failed')).toMatchObject([{ listener: 'spin', reason: 'limit' }]);
    expect(log.printed()).toEqual(['fine']);
  });

  it('is stopped in a recursion without an end, at the same depth on every engine', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}let depth = 0;\nfunction down() { depth++; return down() + 1; }\nbus.subscribe('e', function deep() { down(); });\nbus.subscribe('e', () => console.log(depth));\nbus.emit('e');`,
      },
    });
    expect(log.of('limit.reached')).toMatchObject([{ limit: 'call-depth', max: 1_500, where: 'a.ts:4' }]);
    expect(log.printed()).toEqual(['1499']);
  });

  it('stops the run when an event emits itself and no time passes', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}bus.subscribe('e', function again() {\n  bus.emit('e');\n});\nbus.emit('e');` },
    });
    expect(log.of('limit.reached')).toMatchObject([
      { limit: 'deliveries-per-instant', listener: 'again', process: 'a' },
    ]);
    expect(log.entries.at(-1)).toMatchObject({ type: 'run.ended', reason: 'limit' });
  });

  it('fails a delivery that throws something that is no error', async () => {
    const log = await runScenario({
      files: { 'a.ts': `${head}bus.subscribe('e', () => { throw { code: 5 }; });\nbus.emit('e');` },
    });
    expect(log.of('delivery.failed')).toMatchObject([{ failure: { name: 'thrown', message: '{"code":5}' } }]);
  });

  it('is told where a file does not compile, and the other processes run', async () => {
    const log = await runScenario({
      files: { 'bad.ts': 'const x = 1;\nconst y = (;\n', 'good.ts': `console.log('good');` },
    });
    expect(log.of('file.rejected')).toMatchObject([{ file: 'bad.ts', line: 2, keptPrevious: false }]);
    expect(log.printed('good')).toEqual(['good']);
  });

  it('ends its process with code 1 when a rejection is not handled', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}async function f() {\n  throw new RangeError('gone');\n}\nf();\nbus.subscribe('e', () => {});`,
      },
    });
    expect(log.of('process.exited')).toMatchObject([
      { code: 1, failure: { name: 'RangeError', message: 'gone' }, where: 'a.ts:4' },
    ]);
  });
});

describe('editing a file while it runs', () => {
  const files = {
    'mail.ts': `${head}bus.subscribe('e', async function mail(e) { await sleep(150); console.log('old', e.data); });`,
    'shop.ts': `${head}every(100, (n) => bus.emit('e', n), { times: 5 });`,
  };

  it('uses the new code from then on, and lets what is being handled end with the old', async () => {
    const source = files['mail.ts'].replace('old', 'new');
    const log = await runScenario({
      files,
      interventions: [{ type: 'file.edit', atMs: 220, file: 'mail.ts', source }],
    });
    expect(log.printedAt()).toEqual(['250 old 1', '350 old 2', '450 new 3', '550 new 4', '650 new 5']);
  });

  it('keeps the old code when the new one does not compile, and says so', async () => {
    const log = await runScenario({
      files,
      interventions: [{ type: 'file.edit', atMs: 220, file: 'mail.ts', source: 'bus.(' }],
    });
    expect(log.printed()).toHaveLength(5);
    expect(log.of('file.rejected')).toMatchObject([{ file: 'mail.ts', line: 1, keptPrevious: true, atMs: 220 }]);
  });

  const told = (text: string): string => `${head}const line = eventBus('line', { mode: 'queue' });
line.subscribe('e', async () => { await sleep(100); console.log('${text} first'); });
line.subscribe('e', async () => { await sleep(100); console.log('${text} second'); });
line.subscribe('e', async function last() { console.log('${text} last'); });`;
  const emitted = `\nline.emit('e');`;

  it('has an event in queue mode heard by all its listeners, those of the new text when their turn comes later', async () => {
    const log = await runScenario({
      files: { 'a.ts': told('old') + emitted },
      interventions: [{ type: 'file.edit', atMs: 150, file: 'a.ts', source: told('new') }],
    });
    expect(log.printed()).toEqual(['old first', 'old second', 'new last']);
  });

  it('leaves out the listener that the new text no longer has', async () => {
    const source = told('new').replace(/^.*second.*$/m, '');
    const log = await runScenario({
      files: { 'a.ts': told('old') + emitted },
      interventions: [{ type: 'file.edit', atMs: 50, file: 'a.ts', source }],
    });
    expect(log.printed()).toEqual(['old first', 'new last']);
  });

  it('has the new text try again what the old one failed at', async () => {
    const broken = `${head}bus.subscribe('e', function mail() { throw new Error('no'); }, { retry: { attempts: 5, initialMs: 100 } });`;
    const source = broken.replace("throw new Error('no')", "console.log('sent')");
    const log = await runScenario({
      files: { 'mail.ts': broken, 'shop.ts': `${head}bus.emit('e');` },
      interventions: [{ type: 'file.edit', atMs: 50, file: 'mail.ts', source }],
    });
    expect(log.of('delivery.failed')).toHaveLength(1);
    expect(log.of('delivery.succeeded')).toMatchObject([{ attempt: 2 }]);
    expect(log.printedAt()).toEqual(['100 sent']);
  });
});

describe('replay', () => {
  it('feeds kept events to a chosen listener and publishes nothing again', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}let first = 1000;\nbus.subscribe('#', (e) => { first += e.data; });\nfor (const n of [500, -200, 1000, -300]) bus.emit('moved', n);
await sleep(10);
let second = 1000;
console.log(await replay(bus, async function rebuild(e, d) { await sleep(1); second += e.data; if (!d.replayed) throw new Error('not marked'); }));
console.log(first, second, bus.history().length);`,
      },
    });
    expect(log.printed().at(-1)).toBe('2000 2000 4');
    expect(log.of('message.published')).toHaveLength(4);
    expect(log.of('replay.started')).toMatchObject([{ messages: 4, broker: 'shop' }]);
    expect(log.of('delivery.succeeded').filter(({ replayed }) => replayed)).toHaveLength(4);
  });

  it('reads a log with a corrupt line, says which, and goes on', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}import text from './log.ndjson';\nconst { events, problems } = readLog(text);\nconsole.log(events.length, JSON.stringify(problems));`,
        'log.ndjson': '{"type":"a"}\n{"type":\n{"no":1}\n\n{"type":"b"}\n',
      },
      processes: [{ file: 'a.ts' }],
    });
    expect(log.printed()).toEqual([
      '2 [{"line":2,"message":"This line is not JSON."},{"line":3,"message":"This is JSON, but no event: it has no \\"type\\"."}]',
    ]);
  });
});

describe('an invariant', () => {
  it('tells when it fails and when it holds again', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}let stock = 1;\ninvariant('stock is never negative', () => stock >= 0 || \`stock is \${stock}\`);\nsetTimeout(() => { stock = -1; }, 10);\nsetTimeout(() => { stock = 0; }, 20);`,
      },
    });
    expect(log.of('invariant.failed')).toMatchObject([
      { atMs: 10, name: 'stock is never negative', detail: 'stock is -1' },
    ]);
    expect(log.of('invariant.held')).toMatchObject([{ atMs: 20 }]);
  });
});

describe('a shown value', () => {
  it('is in the log as it was printed, with its line, once a change', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}import { show } from 'eventarium';
const seen = new Map();
for (const n of [1, 1, 2]) { seen.set('n', n); show('seen', seen); }
setTimeout(() => console.log(show('name', 'Оля')), 10);
show('error', new Error('no'));
show('long', 'x'.repeat(9000));`,
      },
    });
    expect(log.of('process.showed').map(({ atMs, where, name, value }) => [atMs, where, name, value])).toEqual([
      [0, 'a.ts:5', 'seen', "Map(1) { 'n' => 1 }"],
      [0, 'a.ts:5', 'seen', "Map(1) { 'n' => 2 }"],
      [0, 'a.ts:7', 'error', '[Error: no]'],
      [0, 'a.ts:8', 'long', `'${'x'.repeat(1998)}…`],
      [10, 'a.ts:6', 'name', "'Оля'"],
    ]);
    expect(log.printed()).toEqual(['Оля']);
  });

  it('belongs to a life: a new one begins with none, an old text shows none any more', async () => {
    const source = (text: string): string =>
      `import { every, show } from 'eventarium';\nevery(100, (n) => { show('${text}', n); });`;
    const log = await runScenario({
      files: { 'a.ts': source('old') },
      durationMs: 450,
      interventions: [{ type: 'file.edit', atMs: 220, file: 'a.ts', source: source('new') }],
    });
    expect(log.of('process.showed').map(({ atMs, name, value }) => `${atMs} ${name} ${value}`)).toEqual([
      '100 old 1',
      '200 old 2',
      '320 new 1',
      '420 new 2',
    ]);
  });

  it('needs a name', async () => {
    const log = await runScenario({ files: { 'a.ts': `import { show } from 'eventarium';\nshow('', 1);` } });
    expect(log.of('process.exited')[0]?.failure?.message).toBe(
      'show(name, value): the name must be a text that is not empty; it is string "".',
    );
  });
});

describe('instants', () => {
  it('are short in every entry, whatever was added up to them', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}every(4.16, (n) => bus.emit('e', n), { times: 50 });
bus.subscribe('e', async () => { await sleep(0.1 + 0.2); throw new Error('no'); }, { retry: { attempts: 2, initialMs: 0.7 }, timeoutMs: 5.1 });`,
      },
      latencyMs: 0.1,
    });
    const numbers = [...JSON.stringify(log.entries).matchAll(/\d+\.\d+/g)].map(([number]) => number);
    expect(numbers.length).toBeGreaterThan(200);
    expect(numbers.filter((number) => !/\.\d{1,3}$/.test(number))).toEqual([]);
    for (const { dueAtMs, delivery } of log.of('delivery.retry-scheduled')) {
      const message = log.of('message.dispatched').find((entry) => entry.delivery === delivery)?.message;
      expect(log.of('message.dispatched').find((entry) => entry.message === message && entry.attempt === 2)?.atMs).toBe(
        dueAtMs,
      );
    }
  });
});

describe('links', () => {
  it('delay messages by their latency and never reorder them', async () => {
    const log = await runScenario({
      files: {
        'a.ts': `${head}bus.subscribe('e', (e) => console.log(e.data));`,
        'b.ts': `${head}for (let n = 0; n < 20; n++) bus.emit('e', n);`,
      },
      network: { default: { latencyMs: 10, jitterMs: 50, loss: 0, cut: false }, links: [] },
    });
    expect(log.printed()).toEqual(Array.from({ length: 20 }, (_, n) => String(n)));
    for (const entry of log.of('message.published')) expect(entry.arrivesAtMs).toBeGreaterThanOrEqual(10);
  });

  it('lose their share of messages, the same ones every time', async () => {
    const given = {
      files: {
        'a.ts': `${head}bus.subscribe('e', () => {});`,
        'b.ts': `${head}for (let n = 0; n < 100; n++) bus.emit('e', n);`,
      },
      network: {
        default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false },
        links: [{ from: 'b', to: 'shop', loss: 0.3 }],
      },
    };
    const one = (await runScenario(given)).of('message.lost').map(({ message }) => message);
    const two = (await runScenario(given)).of('message.lost').map(({ message }) => message);
    expect(one).toEqual(two);
    expect(one.length).toBeGreaterThan(10);
    expect(one.length).toBeLessThan(60);
  });
});
