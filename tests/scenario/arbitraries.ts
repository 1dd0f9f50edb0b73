import fc from 'fast-check';
import type { Intervention } from '../../src/log/entry';
import type { BrokersSpec, ProcessSpec, Scenario } from '../../src/scenario/scenario';

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const ms = fc.oneof(fc.nat(100_000), fc.double({ min: 0, max: 1e6, noNaN: true, noDefaultInfinity: true }));
/** JSON data as it is after it was written and read once: -0 is 0. */
const data = fc.jsonValue({ maxDepth: 3 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
const name = fc.stringMatching(/^[a-z][a-z0-9 _.-]{0,10}[a-z0-9]$/).filter((each) => each !== 'you');
const fileName = fc
  .tuple(fc.stringMatching(/^[a-z0-9_-]{1,8}(\/[a-z0-9]{1,5})?$/), fc.constantFrom('.ts', '.js', '.mjs', '.json'))
  .map(([stem, extension]) => stem + extension);
const positive = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number> => arbitrary.map((value) => value + 0);

const link = fc.record(
  {
    latencyMs: fc.nat(5_000),
    jitterMs: fc.nat(100),
    loss: positive(fc.double({ min: 0, max: 1, noNaN: true })),
    cut: fc.boolean(),
  },
  { requiredKeys: [] },
);
const wholeLink = fc.record({
  latencyMs: fc.nat(5_000),
  jitterMs: fc.nat(3),
  loss: fc.constantFrom(0, 0.5),
  cut: fc.boolean(),
});

function intervention(files: readonly string[]): fc.Arbitrary<Intervention> {
  const atMs = positive(ms);
  return fc.oneof(
    fc.record(
      { type: fc.constant('message.publish' as const), atMs, broker: name, event: text, data },
      { requiredKeys: ['type', 'atMs', 'broker', 'event'] },
    ),
    fc.record(
      {
        type: fc.constant('http.request' as const),
        atMs,
        method: fc.constantFrom('GET', 'POST'),
        url: fc.constantFrom('http://localhost:5000/hook?a=1', 'http://orders:3000', 'http://[::1]:80/*'),
        headers: fc.constantFrom([], ['Content-Type', 'application/json', 'X-Two', '']),
        body: text,
      },
      { requiredKeys: ['type', 'atMs', 'method', 'url', 'headers'] },
    ),
    fc.record(
      { type: fc.constant('message.resend' as const), atMs, broker: name, message: text, queue: text },
      { requiredKeys: ['type', 'atMs', 'broker', 'message'] },
    ),
    fc.record(
      {
        type: fc.constant('replay.start' as const),
        atMs,
        broker: name,
        process: name,
        listener: fc.constant('count'),
        pattern: fc.constantFrom('#', 'order.*'),
        fromMs: fc.nat(1_000),
        toMs: fc.nat(9_000),
        correlation: fc.constant('m_1'),
        publisher: name,
        suppressEffects: fc.boolean(),
      },
      { requiredKeys: ['type', 'atMs', 'broker', 'process'] },
    ),
    fc.record(
      {
        type: fc.constant('endpoint.recover' as const),
        atMs,
        broker: name,
        queue: text,
        which: fc.constantFrom('failed' as const, 'missing' as const),
        sinceMs: fc.nat(9_000),
      },
      { requiredKeys: ['type', 'atMs', 'broker', 'queue', 'which'] },
    ),
    fc.record({
      type: fc.constantFrom('endpoint.disable' as const, 'endpoint.enable' as const),
      atMs,
      broker: name,
      queue: text,
    }),
    fc.record(
      { type: fc.constant('endpoint.rotate-secret' as const), atMs, broker: name, queue: text, secret: name },
      { requiredKeys: ['type', 'atMs', 'broker', 'queue'] },
    ),
    fc.record({
      type: fc.constant('policy.set' as const),
      atMs,
      broker: name,
      name,
      policy: fc.record({
        pattern: fc.constantFrom('', '^orders', 'mail$'),
        'apply-to': fc.constantFrom('all' as const, 'queues' as const, 'exchanges' as const),
        definition: fc.constantFrom<Record<string, string | number>>(
          { 'message-ttl': 10 },
          { 'max-length': 5, overflow: 'reject-publish' },
        ),
        priority: fc.nat(9),
      }),
    }),
    fc.record({ type: fc.constant('policy.clear' as const), atMs, broker: name, name }),
    fc.record({
      type: fc.constant('group.set-id' as const),
      atMs,
      broker: name,
      queue: text,
      group: name,
      id: fc.constantFrom('0', '$', '1735689600000-0'),
    }),
    fc.record({
      type: fc.constant('projection.rebuild' as const),
      atMs,
      broker: name,
      process: name,
      projection: text,
    }),
    fc.record({
      type: fc.constantFrom('receiver.pause' as const, 'receiver.resume' as const),
      atMs,
      process: name,
      receiver: text,
    }),
    fc.record(
      {
        type: fc.constant('receiver.retry' as const),
        atMs,
        process: name,
        receiver: text,
        events: fc.constantFrom(['evt_1'], ['evt_1', 'evt_2']),
      },
      { requiredKeys: ['type', 'atMs', 'process', 'receiver'] },
    ),
    fc.record({
      type: fc.constant('receiver.issue' as const),
      atMs,
      process: name,
      receiver: text,
      issue: fc.constant('iss_1'),
      as: fc.constantFrom('acknowledged' as const, 'resolved' as const),
    }),
    fc.record(
      {
        type: fc.constant('message.redrive' as const),
        atMs,
        broker: name,
        queue: fc.constant('shop.dead'),
        messages: fc.constantFrom(['m_1'], ['m_1', 'm_2']),
        listener: fc.constant('charge'),
        data: fc.constantFrom(null, { id: 1 }),
      },
      { requiredKeys: ['type', 'atMs', 'broker', 'queue'] },
    ),
    fc.record({
      type: fc.constantFrom('process.crash' as const, 'process.stop' as const, 'process.restart' as const),
      atMs,
      process: name,
    }),
    fc.record({ type: fc.constant('process.scale' as const), atMs, service: name, replicas: fc.nat(64) }),
    fc.record({ type: fc.constant('broker.scale' as const), atMs, broker: name, workers: fc.nat(99) }),
    fc.record({ type: fc.constant('file.edit' as const), atMs, file: fc.constantFrom(...files), source: text }),
    fc.record({ type: fc.constant('link.change' as const), atMs, from: name, to: name, link }),
  );
}

function processes(files: readonly string[]): fc.Arbitrary<ProcessSpec[]> {
  const process = fc.record({
    name,
    file: fc.constantFrom(...files),
    args: fc.array(text, { maxLength: 3 }),
    env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,9}$/), text, { maxKeys: 3, noNullPrototype: true }),
    startAtMs: positive(ms),
    replicas: fc.integer({ min: 1, max: 64 }),
  });
  return fc.uniqueArray(process, { selector: (each) => each.name, maxLength: 5 });
}

/** Any scenario that may be opened. */
export const scenarios: fc.Arbitrary<Scenario> = fc
  .dictionary(fileName, text, { minKeys: 1, maxKeys: 5, noNullPrototype: true })
  .chain((files) => {
    const names = Object.keys(files);
    const place = fc.record({ x: positive(fc.integer({ min: -9_999, max: 9_999 })), y: fc.nat(9_999) });
    const required = {
      title: text,
      about: fc.oneof(fc.constant(''), text),
      durationMs: fc.oneof(fc.constant(60_000), positive(ms)),
      seed: fc.nat(4_294_967_295),
      speed: fc.constantFrom(0.05, 1, 10, 1_000),
      startedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2024-02-29T12:30:00+02:00'),
      processes: processes(names),
      network: fc.record({
        default: wholeLink,
        links: fc.array(
          fc.tuple(name, name, link).map(([from, to, settings]) => ({ from, to, ...settings })),
          { maxLength: 3 },
        ),
      }),
      interventions: fc.array(intervention(names), { maxLength: 5 }).map((all) => all.sort((a, b) => a.atMs - b.atMs)),
      files: fc.constant(files),
      note: fc.oneof(fc.constant(''), text),
    };
    const brokers = fc.constantFrom<BrokersSpec>(
      { rabbitmq: {} },
      { rabbitmq: { version: '4.3' } },
      {
        rabbitmq: {
          version: '3.10',
          definitions: { policies: [], parameters: [], queues: [], exchanges: [], bindings: [] },
        },
      },
    );
    const layout = fc.dictionary(name, place, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
    return fc.oneof(fc.record(required), fc.record({ ...required, layout }), fc.record({ ...required, brokers }));
  });
