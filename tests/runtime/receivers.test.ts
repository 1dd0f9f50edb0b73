import { describe, expect, it } from 'vitest';
import { signGithub } from '../../src/brokers/webhooks/github-signature';
import { signStandard } from '../../src/brokers/webhooks/standard-signature';
import { signStripe } from '../../src/brokers/webhooks/stripe-signature';
import type { Intervention } from '../../src/log/entry';
import { isPausedAt, issueAt, ReceiverBook, receiverFiguresAt } from '../../src/projections/receivers';
import { runScenario, type Given, type Log } from './run-scenario';

const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const startedAtSeconds = Date.parse('2026-01-01T00:00:00.000Z') / 1_000;

const head = `import express from 'express';
import { webhookReceiver, sleep } from 'eventarium';
const app = express();
`;
const shop = (options: string, more = '', given: Partial<Given> = {}) =>
  runScenario({
    files: {
      'shop.ts': `${head}const hooks = webhookReceiver('hooks', ${options});\napp.post('/', hooks).listen(80);\n${more}`,
    },
    ...given,
  });

interface Sent {
  readonly atMs?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
}
const post = ({ atMs = 10, headers = [], body = '{}' }: Sent): Intervention => ({
  type: 'http.request',
  atMs,
  method: 'POST',
  url: 'http://shop/',
  headers,
  body,
});
/** One event a body: its id is what it is deduplicated by. */
const events = (...sent: readonly [atMs: number, id: string][]) =>
  sent.map(([atMs, id]) => post({ atMs, body: JSON.stringify({ id }) }));
const answers = (log: Log) =>
  log
    .of('http.answered')
    .map(({ status, body }) => [status, body === undefined ? '' : (JSON.parse(body) as { status: string }).status]);
const starts = (log: Log) => log.of('receiver.attempt-started').map(({ event, atMs }) => `${String(atMs)} ${event}`);

describe('what a receiver lets in', () => {
  const standard = (id: string, body: string, atSeconds = startedAtSeconds): Sent => ({
    headers: [
      'webhook-id',
      id,
      'webhook-timestamp',
      String(atSeconds),
      'webhook-signature',
      signStandard(secret, { id, timestamp: atSeconds, body }),
    ],
    body,
  });
  const verify = (scheme: string, of = secret) =>
    `{ verify: { scheme: '${scheme}', secret: '${of}' }, handle: ({ key, body }) => console.log(key, body) }`;

  it('verifies Standard Webhooks, keeps the event and answers, and only then handles it', async () => {
    const log = await shop(verify('standard'), '', {
      interventions: [
        post(standard('msg_1', '{"n":1}')),
        post({ ...standard('msg_1', '{"n":1}'), body: '{"n":2}' }),
        post(standard('old', '{}', startedAtSeconds - 301)),
      ],
    });
    expect(answers(log)).toEqual([
      [200, 'accepted'],
      [401, 'refused'],
      [401, 'refused'],
    ]);
    expect(log.printed()).toEqual(['msg_1 { n: 1 }']);
    const [accepted] = log.of('receiver.accepted');
    const answered = log.of('http.answered')[0];
    const [started] = log.of('receiver.attempt-started');
    expect(accepted).toMatchObject({ event: 'evt_1', key: 'msg_1', where: 'shop.ts:4', atMs: 10 });
    expect([accepted!.seq, answered!.seq, started!.seq].sort((a, b) => a - b)).toEqual([
      accepted!.seq,
      answered!.seq,
      started!.seq,
    ]);
    expect(started!.cause).toBe(accepted!.seq);
    expect(log.of('receiver.refused').map(({ failure }) => failure.message)).toEqual([
      'No matching signature found',
      'Message timestamp too old',
    ]);
  });

  it('verifies what GitHub and Stripe sign, and with any of several secrets', async () => {
    const body = '{"id":"evt_x"}';
    const github = { headers: ['x-github-delivery', 'd-1', 'x-hub-signature-256', signGithub('g', body)], body };
    const stripe = { headers: ['stripe-signature', signStripe('s', startedAtSeconds, body)], body };
    const one = await shop(verify('github', 'g'), '', {
      interventions: [post(github), post({ ...github, body: '{ }' }), post({ body })],
    });
    expect(answers(one).map(([status]) => status)).toEqual([200, 401, 401]);
    expect(one.of('receiver.accepted')[0]).toMatchObject({ key: 'd-1' });
    const two = await shop(`{ verify: { scheme: 'stripe', secret: ['old', 's'] }, handle: () => {} }`, '', {
      interventions: [post(stripe), post({ body })],
    });
    expect(answers(two).map(([status]) => status)).toEqual([200, 401]);
    expect(two.of('receiver.accepted')[0]).toMatchObject({ key: 'evt_x' });
  });

  it('recognizes a key within the window, not after it, and over replicas', async () => {
    const options = `{ verify: 'none', deduplicate: { windowMs: 1000 }, handle: () => {} }`;
    const sent = events([10, 'a'], [500, 'a'], [600, 'b'], [1_010, 'a']);
    const log = await shop(options, '', { interventions: sent });
    expect(answers(log).map(([, status]) => status)).toEqual(['accepted', 'duplicate', 'accepted', 'accepted']);
    expect(log.of('receiver.deduplicated')).toMatchObject([{ key: 'a', event: 'evt_1', firstAtMs: 10 }]);
    const both = await shop(options, '', { interventions: sent, processes: [{ file: 'shop.ts', replicas: 2 }] });
    expect(new Set(both.of('receiver.accepted').map(({ process }) => process)).size).toBe(2);
    expect(both.of('receiver.deduplicated')).toHaveLength(1);
    const all = await shop(`{ verify: 'none', deduplicate: false, handle: () => {} }`, '', { interventions: sent });
    expect(all.of('receiver.attempt-succeeded')).toHaveLength(4);
  });

  it('filters, and answers that all is well', async () => {
    const log = await shop(`{ verify: 'none', filter: ({ body }) => body.id !== 'a', handle: () => {} }`, '', {
      interventions: events([10, 'a'], [10, 'b']),
    });
    expect(answers(log)).toEqual([
      [200, 'filtered'],
      [200, 'accepted'],
    ]);
    expect(log.of('receiver.filtered')).toHaveLength(1);
  });

  it('refuses with 503 what it has no room for, and with 500 what its own code cannot judge', async () => {
    const full = await shop(`{ verify: 'none', queueMax: 1, handle: () => sleep(100) }`, '', {
      interventions: events([10, 'a'], [20, 'b'], [200, 'c']),
    });
    expect(answers(full).map(([status]) => status)).toEqual([200, 503, 200]);
    const broken = await shop(`{ verify: 'none', filter: () => { throw 'no'; }, handle: () => {} }`, '', {
      interventions: events([10, 'a']),
    });
    expect(broken.of('http.answered')[0]).toMatchObject({ status: 500 });
    expect(broken.of('receiver.refused')[0]).toMatchObject({ reason: 'threw', failure: { name: 'thrown' } });
  });

  it('works with node:http, and says where a parser has taken the body away', async () => {
    const log = await runScenario({
      files: {
        'shop.ts': `import { createServer } from 'node:http';
import { webhookReceiver } from 'eventarium';
createServer(webhookReceiver('hooks', { verify: 'none', handle: ({ rawBody }) => console.log(rawBody) })).listen(80);`,
      },
      interventions: [post({ body: 'plain text' })],
    });
    expect(log.printed()).toEqual(['plain text']);
    const parsed = await runScenario({
      files: {
        'shop.ts': `${head}app.use(express.json());\napp.post('/', webhookReceiver('hooks', { verify: 'none', handle: () => {} })).listen(80);`,
      },
      interventions: [post({ headers: ['content-type', 'application/json'] })],
    });
    expect(parsed.of('http.answered')[0]).toMatchObject({ status: 500 });
    expect(parsed.printed().join('\n')).toContain('the body has been parsed already');
  });
});

describe('how a receiver hands out what it has kept', () => {
  const many = events(...Array.from({ length: 6 }, (_, n): [number, string] => [10, `e${String(n)}`]));

  it('hands out as many at once as it may', async () => {
    const log = await shop(`{ verify: 'none', concurrency: 2, handle: () => sleep(100) }`, '', { interventions: many });
    expect(starts(log).map((each) => Number(each.split(' ')[0]))).toEqual([10, 10, 110, 110, 210, 210]);
  });

  it('and as often as its rate lets it', async () => {
    const log = await shop(`{ verify: 'none', rate: { max: 2, perMs: 1000 }, handle: () => {} }`, '', {
      interventions: many,
    });
    expect(starts(log).map((each) => Number(each.split(' ')[0]))).toEqual([10, 10, 1_010, 1_010, 2_010, 2_010]);
  });

  it.each([
    [`{ attempts: 4, strategy: 'linear', intervalMs: 100 }`, [10, 110, 210, 310]],
    [`{ attempts: 4, intervalMs: 100 }`, [10, 110, 310, 710]],
    [`{ attempts: 4, intervalMs: 100, maxMs: 150 }`, [10, 110, 260, 410]],
    [`false`, [10]],
  ])('tries again by the rule %s', async (retry, instants) => {
    const log = await shop(`{ verify: 'none', retry: ${retry}, handle: () => { throw new Error('down'); } }`, '', {
      interventions: events([10, 'a']),
    });
    expect(starts(log).map((each) => Number(each.split(' ')[0]))).toEqual(instants);
    expect(log.of('receiver.attempt-failed').at(-1)).toMatchObject({ attemptsLeft: 0, where: 'shop.ts:4' });
    expect(log.of('receiver.issue-opened')).toHaveLength(1);
  });

  it('waits as long as an error asks, and not at all for one that is not worth it', async () => {
    const log = await shop(
      `{ verify: 'none', handle: ({ attempt }) => { throw attempt === 1 ? { retryAfterMs: 7000 } : Object.assign(new Error('gone'), { retriable: false }); } }`,
      '',
      { interventions: events([10, 'a']) },
    );
    expect(starts(log)).toEqual(['10 evt_1', '7010 evt_1']);
    expect(log.of('receiver.attempt-failed').map(({ failure, attemptsLeft }) => [failure.name, attemptsLeft])).toEqual([
      ['thrown', 4],
      ['Error', 0],
    ]);
  });

  it('gives up on a handler that takes too long, and on one that never ends', async () => {
    const log = await shop(
      `{ verify: 'none', timeoutMs: 50, concurrency: 1, retry: false, handle: ({ body }) => body.id === 'a' ? new Promise(() => {}) : undefined }`,
      '',
      { interventions: events([10, 'a'], [20, 'b']) },
    );
    expect(log.of('receiver.attempt-failed')[0]).toMatchObject({
      reason: 'timeout',
      tookMs: 50,
      failure: { name: 'TimeoutError' },
    });
    expect(log.of('receiver.attempt-succeeded')[0]).toMatchObject({ event: 'evt_2', atMs: 60 });
  });

  it('pauses and resumes, by hand and by code, and loses nothing meanwhile', async () => {
    const log = await shop(
      `{ verify: 'none', handle: () => {} }`,
      `setTimeout(() => { hooks.pause(); console.log(hooks.isPaused()); }, 900);\nsetTimeout(() => hooks.resume(), 2000);`,
      {
        interventions: [
          { type: 'receiver.pause', atMs: 5, process: 'shop', receiver: 'hooks' },
          ...events([10, 'a'], [20, 'b']),
          { type: 'receiver.resume', atMs: 500, process: 'shop', receiver: 'hooks' },
          { type: 'receiver.resume', atMs: 600, process: 'shop', receiver: 'hooks' },
          { type: 'receiver.pause', atMs: 600, process: 'shop', receiver: 'other' },
          ...events([1_000, 'c']),
        ],
      },
    );
    expect(starts(log)).toEqual(['500 evt_1', '500 evt_2', '2000 evt_3']);
    expect(log.printed()).toEqual(['true']);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'hooks is not paused.',
      'shop has no receiver other at this instant.',
    ]);
    expect(log.of('receiver.paused').map(({ where }) => where)).toEqual([undefined, 'shop.ts:6']);
  });
});

describe('what outlives a crash', () => {
  const crash = (atMs: number, restartAfterMs = 100): Intervention => ({
    type: 'process.crash',
    atMs,
    process: 'shop',
    restartAfterMs,
  });

  it('handles again what was cut off, and goes on with what waited: for its turn, its retry or a pause', async () => {
    const log = await shop(
      `{ verify: 'none', concurrency: 1, retry: { intervalMs: 1000 }, handle: async ({ body, isRedelivered, attempt }) => {
        console.log(body.id, attempt, isRedelivered);
        if (body.id === 'a' && attempt === 1) throw new Error('later');
        await sleep(100);
      } }`,
      '',
      { interventions: [...events([10, 'a'], [20, 'b'], [30, 'c']), crash(50)] },
    );
    expect(log.printed()).toEqual(['a 1 false', 'b 1 false', 'b 1 true', 'c 1 false', 'a 2 false']);
    expect(log.of('receiver.recovered')).toMatchObject([{ events: 3, interrupted: ['evt_2'], atMs: 150 }]);
    expect(log.of('receiver.attempt-started').at(-1)).toMatchObject({ event: 'evt_1', atMs: 1_010 });
    expect(log.of('receiver.attempt-succeeded')).toHaveLength(3);
  });

  it('stays paused, and remembers keys', async () => {
    const log = await shop(`{ verify: 'none', handle: () => {} }`, '', {
      interventions: [
        { type: 'receiver.pause', atMs: 5, process: 'shop', receiver: 'hooks' },
        ...events([10, 'a']),
        crash(20),
        ...events([200, 'a']),
        { type: 'receiver.resume', atMs: 300, process: 'shop', receiver: 'hooks' },
      ],
    });
    expect(log.of('receiver.deduplicated')).toHaveLength(1);
    expect(starts(log)).toEqual(['300 evt_1']);
  });

  it('counts an edit of the file as a crash, after which the new text handles everything', async () => {
    const text = (by: string) =>
      `${head}const hooks = webhookReceiver('hooks', { verify: 'none', concurrency: 1, handle: async ({ body }) => { await sleep(100); console.log('${by}', body.id); } });\napp.post('/', hooks).listen(80);`;
    const log = await runScenario({
      files: { 'shop.ts': text('old') },
      interventions: [
        ...events([10, 'a'], [20, 'b']),
        { type: 'file.edit', atMs: 50, file: 'shop.ts', source: text('new') },
      ],
    });
    expect(log.printed()).toEqual(['new a', 'new b']);
    expect(log.of('receiver.attempt-succeeded').map(({ event, atMs }) => [event, atMs])).toEqual([
      ['evt_1', 150],
      ['evt_2', 250],
    ]);
  });
});

describe('issues', () => {
  const fails = `{ verify: 'none', retry: false, handle: ({ body, attempt }) => {
    if (body.id === 'x') throw new RangeError('x');
    if (attempt < 2) throw new Error('no ' + body.id);
  } }`;

  it('are grouped by what failed at which line, counted, acknowledged, resolved and opened again', async () => {
    const issue = (atMs: number, as: 'acknowledged' | 'resolved'): Intervention => ({
      type: 'receiver.issue',
      atMs,
      process: 'shop',
      receiver: 'hooks',
      issue: 'iss_1',
      as,
    });
    const log = await shop(fails, 'setTimeout(() => console.log(JSON.stringify(hooks.issues())), 900);', {
      interventions: [
        ...events([10, 'a'], [20, 'b'], [30, 'x']),
        issue(40, 'acknowledged'),
        ...events([50, 'c']),
        issue(60, 'resolved'),
        issue(60, 'resolved'),
        ...events([70, 'd']),
      ],
    });
    expect(
      log.entries
        .filter(({ type }) => type.startsWith('receiver.issue'))
        .map((entry) => [
          entry.type.slice('receiver.issue-'.length),
          'count' in entry ? entry.count : 0,
          'issue' in entry ? entry.issue : '',
        ]),
    ).toEqual([
      ['opened', 1, 'iss_1'],
      ['recurred', 2, 'iss_1'],
      ['opened', 1, 'iss_2'],
      ['acknowledged', 0, 'iss_1'],
      ['recurred', 3, 'iss_1'],
      ['resolved', 0, 'iss_1'],
      ['reopened', 4, 'iss_1'],
    ]);
    expect(JSON.parse(log.printed().join('')) as unknown).toMatchObject([
      { id: 'iss_1', status: 'open', count: 4, firstAtMs: 10, lastAtMs: 70, failure: { message: 'no d' } },
      { id: 'iss_2', status: 'open', count: 1, failure: { name: 'RangeError' } },
    ]);
    expect(log.of('intervention.refused')).toHaveLength(1);
  });

  it('are opened for signatures too, one for each reason', async () => {
    const log = await shop(`{ verify: { scheme: 'github', secret: 'g' }, handle: () => {} }`, '', {
      interventions: [post({}), post({}), post({ headers: ['x-hub-signature-256', 'sha256=00'] })],
    });
    expect(log.of('receiver.issue-opened').map(({ kind, issue }) => [kind, issue])).toEqual([
      ['signature', 'iss_1'],
      ['signature', 'iss_2'],
    ]);
    expect(log.of('receiver.issue-recurred')).toHaveLength(1);
  });

  it('let failed events be retried, one or all, by hand and by code, with one attempt each', async () => {
    const retry = (atMs: number, more: object = {}): Intervention => ({
      type: 'receiver.retry',
      atMs,
      process: 'shop',
      receiver: 'hooks',
      ...more,
    });
    const log = await shop(fails, 'setTimeout(() => console.log(hooks.retryAll(), hooks.events()), 700);', {
      interventions: [
        ...events([10, 'a'], [20, 'b'], [30, 'x']),
        retry(100, { events: ['evt_2'] }),
        retry(200, { events: ['evt_2'] }),
        retry(300),
      ],
    });
    expect(log.of('receiver.attempt-succeeded').map(({ event, atMs, attempt }) => [event, atMs, attempt])).toEqual([
      ['evt_2', 100, 2],
      ['evt_1', 300, 2],
    ]);
    expect(
      log
        .of('receiver.attempt-started')
        .filter(({ manual }) => manual)
        .map(({ event }) => event),
    ).toEqual(['evt_2', 'evt_1', 'evt_3', 'evt_3']);
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual(['evt_2: no failed event of hooks.']);
    expect(log.printed()[0]).toContain('true [');
  });
});

describe('a receiver that makes no sense', () => {
  it.each([
    [
      `webhookReceiver('', {})`,
      'webhookReceiver(name, options): the name must be a text that is not empty; it is string "".',
    ],
    [`webhookReceiver('a')`, `webhookReceiver('a', options): options must be an object; it is undefined.`],
    [
      `webhookReceiver('a', { handle() {} })`,
      `webhookReceiver('a', options): verify must be { scheme: 'standard', 'github' or 'stripe', secret } or 'none'; it is undefined.`,
    ],
    [
      `webhookReceiver('a', { verify: { scheme: 'github' }, handle() {} })`,
      `webhookReceiver('a', options): verify.secret must be the secret that the sender signs with; it is undefined. Without a secret anybody could send events; verify: 'none' says that this is meant.`,
    ],
    [
      `webhookReceiver('a', { verify: { scheme: 'gitlab', secret: 'x' }, handle() {} })`,
      `webhookReceiver('a', options): verify must be { scheme: 'standard', 'github' or 'stripe', secret } or 'none'; it is an object with the scheme string "gitlab".`,
    ],
    [
      `webhookReceiver('a', { verify: { scheme: 'standard', secret: 'whsec_~' }, handle() {} })`,
      `webhookReceiver('a', options): verify.secret is no secret of Standard Webhooks, which is base64 after whsec_:`,
    ],
    [
      `webhookReceiver('a', { verify: 'none' })`,
      `webhookReceiver('a', options): handle must be a function; it is undefined.`,
    ],
    [
      `webhookReceiver('a', { verify: 'none', handle() {}, retries: 3 })`,
      `webhookReceiver('a', options): options has no field "retries"; there are verify,`,
    ],
    [
      `webhookReceiver('a', { verify: 'none', handle() {}, retry: { attempts: 1.5 } })`,
      `webhookReceiver('a', options): retry.attempts must be a whole number from 1 to 1000; it is number 1.5.`,
    ],
    [
      `webhookReceiver('a', { verify: 'none', handle() {}, retry: { strategy: 'random' } })`,
      `webhookReceiver('a', options): retry.strategy must be 'linear' or 'exponential'; it is string "random".`,
    ],
    [
      `webhookReceiver('a', { verify: 'none', handle() {}, retry: { intervalMs: NaN } })`,
      `webhookReceiver('a', options): retry.intervalMs: the time must be a number of milliseconds, 0 or more; it is number null.`,
    ],
    [
      `webhookReceiver('a', { verify: 'none', handle() {}, rate: {} })`,
      `webhookReceiver('a', options): rate.max must be a whole number from 1 to 100000; it is undefined.`,
    ],
    [
      `for (const _ of [1, 2]) webhookReceiver('a', { verify: 'none', handle() {} })`,
      `webhookReceiver('a'): this process has a receiver of that name already. Give each a name of its own.`,
    ],
  ])('is refused at its line: %s', async (code, message) => {
    const log = await runScenario({ files: { 'shop.ts': `import { webhookReceiver } from 'eventarium';\n${code}` } });
    const [exited] = log.of('process.exited');
    expect(exited?.where).toBe('shop.ts:2');
    expect(exited?.failure?.message.slice(0, message.length)).toBe(message);
  });
});

describe('the figures of a receiver', () => {
  it('are told at any instant, with events, attempts and issues as they stood then', async () => {
    const log = await shop(
      `{ verify: 'none', concurrency: 1, retry: { attempts: 2, intervalMs: 100 }, filter: ({ body }) => body.id !== 'f', handle: async ({ body, attempt }) => {
        await sleep(50);
        if (body.id === 'a' && attempt < 3) throw new Error('down');
      } }`,
      '',
      {
        interventions: [
          ...events([10, 'a'], [20, 'b'], [25, 'b'], [25, 'f']),
          { type: 'receiver.pause', atMs: 400, process: 'shop', receiver: 'hooks' },
          ...events([410, 'c']),
          { type: 'receiver.issue', atMs: 500, process: 'shop', receiver: 'hooks', issue: 'iss_1', as: 'resolved' },
          { type: 'receiver.retry', atMs: 600, process: 'shop', receiver: 'hooks' },
          { type: 'receiver.resume', atMs: 700, process: 'shop', receiver: 'hooks' },
          { type: 'process.crash', atMs: 720, process: 'shop', restartAfterMs: 80 },
        ],
      },
    );
    const book = new ReceiverBook();
    for (const entry of log.entries) book.append(entry);
    const [hooks] = book.all;
    const at = (nowMs: number) => receiverFiguresAt(hooks!, nowMs);
    expect(at(30)).toEqual({
      accepted: 2,
      duplicates: 1,
      filtered: 1,
      refused: 0,
      queued: 1,
      handling: 1,
      retrying: 0,
      handled: 0,
      failed: 0,
    });
    expect(at(100)).toMatchObject({ retrying: 1, handling: 1 });
    expect(at(300)).toMatchObject({ handled: 1, failed: 1, queued: 0 });
    expect(at(420)).toMatchObject({ accepted: 3, failed: 1, queued: 1 });
    expect(at(650)).toMatchObject({ failed: 0, queued: 2, handling: 0 });
    expect([at(710).handling, at(750).handling, at(750).queued]).toEqual([1, 0, 2]);
    expect(at(5_000)).toMatchObject({ accepted: 3, handled: 3, queued: 0, failed: 0 });
    expect([399, 400, 699, 700].map((nowMs) => isPausedAt(hooks!, nowMs))).toEqual([false, true, true, false]);
    expect([200, 300, 500].map((nowMs) => issueAt(hooks!.issues[0]!, nowMs)?.status)).toEqual([
      undefined,
      'open',
      'resolved',
    ]);
    const [, , third] = hooks!.events;
    expect(third!.attempts.map(({ number, end, isManual }) => [number, end, isManual])).toEqual([
      [1, 'cut', false],
      [1, 'succeeded', false],
    ]);
  });
});
