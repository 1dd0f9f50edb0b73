import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../src/log/entry';
import { differs, Experiments, figuresOf, liveAt } from '../../src/projections/experiments';
import { runScenario, type Given, type Log } from './run-scenario';

const head = `import { experiment, eventBus, sleep, every } from 'eventarium';\nconst bus = eventBus('shop');\n`;
const orders = (code: string, more: Partial<Given> = {}) => runScenario({ files: { 'shop.ts': head + code }, ...more });
const versionsOf = (log: Log) => log.of('experiment.version-started').map(({ version }) => version);
const folded = (log: Log) => {
  const experiments = new Experiments();
  for (const entry of log.entries) experiments.append(entry);
  return experiments.all[0]!;
};

const two = (split: string) => `
const prices = experiment('prices', {
  versions: {
    today: async ({ data }) => { await sleep(10); bus.emit('priced', { n: data.n, by: 'today' }); },
    tried: async ({ data }) => { await sleep(30); bus.emit('priced', { n: data.n, by: 'tried' }); },
  },
  split: ${split},
});
bus.subscribe('ask', prices);
every(100, (n) => bus.emit('ask', { n, user: 'u-' + (n % 4) }), { times: 20 });`;

describe('an experiment', () => {
  it('gives each message to one version, by chance of the seed, and the log says which', async () => {
    const log = await orders(two('{ share: 0.4 }'));
    const versions = versionsOf(log);
    expect(new Set(versions)).toEqual(new Set(['today', 'tried']));
    const published = log.of('message.published').filter(({ message }) => message.type === 'priced');
    expect(published.map(({ message }) => (message.data as { by: string }).by)).toEqual(
      log.of('experiment.version-succeeded').map(({ version }) => version),
    );
    // What a version does is caused by its beginning, so that the tree of causes knows it too.
    const started = new Map(log.of('experiment.version-started').map((entry) => [entry.seq, entry.version]));
    for (const { cause, message } of published)
      expect(started.get(cause ?? -1)).toBe((message.data as { by: string }).by);
    expect(log.of('listener.subscribed')[0]).toMatchObject({ listener: 'prices' });
    expect(versionsOf(await orders(two('{ share: 0.4 }'), { seed: 2 }))).not.toEqual(versions);
  });

  it('gives all messages of a key to the same version, in every process', async () => {
    const log = await orders(two('{ key: ({ data }) => data.user }'), {
      processes: [{ file: 'shop.ts', replicas: 2 }],
    });
    const byKey = new Map<string, Set<string>>();
    for (const { key = '', version } of log.of('experiment.version-started'))
      byKey.set(key, (byKey.get(key) ?? new Set()).add(version));
    expect([...byKey.keys()].sort()).toEqual(['u-0', 'u-1', 'u-2', 'u-3']);
    expect([...byKey.values()].every(({ size }) => size === 1)).toBe(true);
  });

  it('tries a message again with the version that it had', async () => {
    const log = await orders(`
      const fail = () => { throw new Error('down'); };
      bus.subscribe('ask', experiment('prices', { versions: { today: fail, tried: fail }, split: { share: 0.5 } }), { retry: 3 });
      every(100, (n) => bus.emit('ask', { n }), { times: 10 });`);
    const byMessage = new Map<string, string[]>();
    for (const { message = '', version } of log.of('experiment.version-started'))
      byMessage.set(message, [...(byMessage.get(message) ?? []), version]);
    expect([...byMessage.values()].every((all) => all.length === 3 && new Set(all).size === 1)).toBe(true);
    expect(log.of('delivery.failed')[0]).toMatchObject({ where: 'shop.ts:4', failure: { message: 'down' } });
    expect(log.of('experiment.version-failed')[0]).toMatchObject({ where: 'shop.ts:4' });
  });

  it('holds back what the shadow does; how it ends changes nothing', async () => {
    const log = await orders(`
      const prices = experiment('prices', {
        versions: {
          today: async ({ data }) => { await sleep(10); data.n += 100; bus.emit('priced', data); },
          tried: ({ data }) => { bus.emit('priced', data); if (data.n === 2) throw new Error('tried and failed'); if (data.n === 3) while (true); },
        },
        split: 'shadow',
      });
      bus.subscribe('ask', prices);
      every(100, (n) => bus.emit('ask', { n }), { times: 3 });`);
    expect(log.of('delivery.succeeded')).toHaveLength(3);
    expect(log.of('delivery.failed')).toEqual([]);
    expect(log.of('effect.held').map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect(log.of('experiment.version-failed').map(({ failure, shadow }) => [failure.name, shadow])).toEqual([
      ['Error', true],
      ['LimitError', true],
    ]);
    const priced = log.of('message.published').filter(({ message }) => message.type === 'priced');
    expect(priced.map(({ message }) => message.data)).toEqual([{ n: 101 }, { n: 102 }, { n: 103 }]);
  });

  it('switches to the winner by hand and by code, and back', async () => {
    const interventions: Intervention[] = [
      { type: 'experiment.switch', atMs: 550, experiment: 'prices', version: 'tried' },
      { type: 'experiment.switch', atMs: 1_550, experiment: 'prices' },
      { type: 'experiment.switch', atMs: 1_600, experiment: 'prices', version: 'other' },
      { type: 'experiment.switch', atMs: 1_600, experiment: 'nothing' },
    ];
    const log = await orders(`${two('{ share: 0 }')}\nsetTimeout(() => prices.switchTo('today'), 1040);`, {
      interventions,
    });
    expect(versionsOf(log).join(' ')).toBe(
      [...Array(5).fill('today'), ...Array(5).fill('tried'), ...Array(10).fill('today')].join(' '),
    );
    expect(log.of('experiment.switched').map(({ version, process }) => [version, process])).toEqual([
      ['tried', undefined],
      ['today', 'shop'],
      [undefined, undefined],
    ]);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'prices has no version other: it has today and tried.',
      'There is no experiment nothing.',
    ]);
  });

  it('is a listener of RabbitMQ too, whose message only the real version acks', async () => {
    const log = await runScenario({
      files: {
        'shop.ts': `import amqp from 'amqplib';
import { experiment } from 'eventarium';
const channel = await (await amqp.connect('amqp://localhost')).createChannel();
await channel.assertQueue('asks');
await channel.assertQueue('prices');
const version = (by) => (message) => {
  channel.sendToQueue('prices', Buffer.from(by));
  channel.ack(message);
};
await channel.consume('asks', experiment('prices', { versions: { today: version('today'), tried: version('tried') }, split: 'shadow' }));
for (let n = 0; n < 3; n++) channel.sendToQueue('asks', Buffer.from(String(n)));`,
      },
      durationMs: 5_000,
    });
    expect(log.of('channel.closed')).toEqual([]);
    expect(log.of('delivery.succeeded')).toHaveLength(3);
    expect(log.of('effect.held').map(({ data }) => data)).toEqual(['tried', 'tried', 'tried']);
  });

  it.each([
    [`experiment('', {})`, 'experiment(name, options): the name must be a text that is not empty; it is string "".'],
    [
      `experiment('a', { versions: { x: () => 1 }, split: 'shadow' })`,
      `experiment('a', options): versions must be an object with two functions, what runs today and what is tried; it has 1.`,
    ],
    [
      `experiment('a', { versions: { x: () => 1, y: 2 }, split: 'shadow' })`,
      `experiment('a', options): the version y must be a function; it is number 2.`,
    ],
    [
      `experiment('a', { versions: { x: () => 1, y: () => 2 }, split: 'half' })`,
      `experiment('a', options): split must be { share: 0.2 }, { key: (event) => … } or 'shadow'; it is string "half".`,
    ],
    [
      `experiment('a', { versions: { x: () => 1, y: () => 2 }, split: { share: 20 } })`,
      `experiment('a', options): the share must be a number from 0 to 1; it is number 20.`,
    ],
    [
      `experiment('a', { versions: { x: () => 1, y: () => 2 }, split: { key: () => null } })()`,
      `experiment('a'): the key must be a text or a number; it is null.`,
    ],
  ])('says what is wrong with %s', async (code, message) => {
    const log = await orders(code);
    expect(log.of('process.exited')[0]).toMatchObject({ where: 'shop.ts:3', failure: { message } });
  });
});

describe('the figures of an experiment', () => {
  it('are told for each version at an instant', async () => {
    const log = await orders(two('{ share: 0.4 }'), {
      interventions: [{ type: 'experiment.switch', atMs: 1_050, experiment: 'prices', version: 'tried' }],
    });
    const prices = folded(log);
    const tried = figuresOf(prices, 'tried', 5_000);
    const today = figuresOf(prices, 'today', 5_000);
    expect(today.handled + tried.handled).toBe(20);
    expect([today.p50Ms, tried.p95Ms]).toEqual([10, 30]);
    expect(figuresOf(prices, 'today', 1_050).handled).toBe(today.handled);
    expect([liveAt(prices, 1_000), liveAt(prices, 1_050)]).toEqual([undefined, 'tried']);
  });

  it('say what a shadow would have made of each message', async () => {
    const log = await orders(`
      bus.subscribe('ask', experiment('prices', {
        versions: {
          today: async ({ data }) => { await sleep(10); bus.emit('priced', { price: 10 }); },
          tried: ({ data }) => bus.emit('priced', { price: data.n === 2 ? 9 : 10 }),
        },
        split: 'shadow',
      }));
      every(100, (n) => bus.emit('ask', { n }), { times: 3 });`);
    const { calls } = folded(log);
    expect(calls.map((call) => differs(call, 5_000))).toEqual([false, true, false]);
    expect(differs(calls[0]!, 105)).toBeUndefined();
    expect(figuresOf(folded(log), 'tried', 5_000)).toMatchObject({ handled: 3, held: 3 });
  });
});

const shadowedServer = (serve: string) => `
import express from 'express';
import http from 'node:http';
import { experiment, sleep } from 'eventarium';
const versions = {
  today: async (req, res) => { await sleep(50); res.statusCode = 200; res.setHeader('x-by', 'today'); res.end('{"price":10}'); },
  tried: async (req, res, next) => { res.statusCode = 201; res.setHeader('x-by', 'tried'); res.once('close', () => console.log('closed', res.headersSent)); res.write('{"price":'); res.end(req.url === '/2' ? '9}' : '10}'); next?.(); },
};
const price = experiment('price', { versions, split: 'shadow' });
${serve}`;
const asking = `import { sleep } from 'eventarium';
for (const n of [1, 2]) {
  const answer = await fetch('http://server:3000/' + n);
  console.log(answer.status, answer.headers.get('x-by'), answer.headers.get('x-all'), await answer.text());
}`;

describe('an experiment that handles requests', () => {
  it.each([
    [
      'express',
      `const app = express();
app.use((req, res, next) => { res.set('x-all', 'yes'); next(); });
app.get('/:n', price, () => console.log('passed on'));
app.listen(3000);`,
    ],
    [
      'node:http',
      `http.createServer((req, res) => { res.setHeader('x-all', 'yes'); return price(req, res); }).listen(3000);`,
    ],
  ])('answers with the version that runs today; what the shadow answers reaches nobody: %s', async (_, serve) => {
    const log = await runScenario({
      files: { 'server.ts': shadowedServer(serve), 'client.ts': asking },
      latencyMs: 1,
    });
    expect(log.printed('client')).toEqual(['200 today yes {"price":10}', '200 today yes {"price":10}']);
    expect(log.printed('server')).toEqual(['closed true', 'closed true']);
    expect(log.of('experiment.version-failed')).toEqual([]);
    expect(log.of('http.answered')).toHaveLength(2);
    expect(log.of('effect.held').map(({ effect, broker, event, data }) => [effect, broker, event, data])).toEqual([
      ['answer', 'r_1', '201 Created', '{"price":10}'],
      ['answer', 'r_2', '201 Created', '{"price":9}'],
    ]);
    expect(folded(log).calls.map((call) => differs(call, 5_000))).toEqual([true, true]);
  });

  it('gives the shadow a request of its own: what either reads of it or writes onto it, the other does not see', async () => {
    const log = await runScenario({
      files: {
        'server.ts': `
import express from 'express';
import { experiment, sleep } from 'eventarium';
const app = express();
const bytes = async (req) => { let text = ''; for await (const piece of req) text += piece; return text; };
app.post('/parsed', express.json(), (req, res, next) => { req.user = { name: 'Оля' }; next(); }, experiment('parsed', { split: 'shadow', versions: {
  today: async (req, res) => { await sleep(50); res.json([req.body, req.user, req.res === res, res.req === req]); },
  tried: (req, res) => { req.body.sum = 9; req.user.name = 'хтось'; req.headers.host = 'x'; console.log(req.res === res, res.req === req, req.path, req.get('content-type')); res.end(); },
} }));
app.post('/raw', experiment('raw', { split: 'shadow', versions: {
  today: async (req, res) => { res.send(await bytes(req)); },
  tried: async (req, res) => { console.log('shadow', await bytes(req)); res.end(); },
} }));
app.listen(3000);`,
        'client.ts': `
const post = async (path, body, headers = {}) => console.log(await (await fetch('http://server:3000' + path, { method: 'POST', body, headers })).text());
await post('/parsed', '{"sum":1}', { 'content-type': 'application/json' });
await post('/raw', 'слово');`,
      },
      latencyMs: 1,
    });
    expect(log.printed('client')).toEqual(['[{"sum":1},{"name":"Оля"},true,true]', 'слово']);
    expect(log.printed('server')).toEqual(['true true /parsed application/json', 'shadow слово']);
  });

  it.each(['res.destroy()', 'req.destroy()'])('does not hang up when the shadow does: %s', async (hangUp) => {
    const serve = `http.createServer(experiment('hang', { split: 'shadow', versions: {
      today: async (req, res) => { await sleep(50); res.end('here'); },
      tried: (req, res) => { ${hangUp}; },
    } })).listen(3000);`;
    const log = await runScenario({
      files: { 'server.ts': shadowedServer(serve), 'client.ts': asking },
      latencyMs: 1,
    });
    expect(log.printed('client')).toEqual(['200 null null here', '200 null null here']);
  });
});
