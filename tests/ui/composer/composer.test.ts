import { describe, expect, test } from 'vitest';
import { sendTo } from './run-request';
import { adviceOn } from '../../../src/ui/composer/advice';
import { curlFailure } from '../../../src/ui/composer/curl-words';
import { isGrave, markedPieces, problemText } from '../../../src/ui/composer/problem-text';
import { timingOf } from '../../../src/ui/composer/timing';
import { understood } from '../../../src/ui/composer/understood';
import { ukComposer } from '../../../src/ui/text/uk-composer';

const course = `curl -X POST http://localhost:5000/webhook/order \\
  -H "Content-Type: application/json" \\
  -d '{"order_id": 777, "status": "created"}'`;

describe('what is pasted into the composer', () => {
  test('is understood as requests: the course’s own command as it stands, several in one paste', () => {
    const { requests, problems, isBlocked } = understood(`${course}\n${course.replaceAll('\\\n', '')}`, {});
    expect([problems, isBlocked]).toEqual([[], false]);
    expect(requests).toHaveLength(2);
    expect(requests[0]).toEqual(requests[1]);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'http://localhost:5000/webhook/order',
      body: '{"order_id": 777, "status": "created"}',
    });
  });

  test.each([
    ['curl https://localhost:5000/', 'cannot-send', 'https://localhost:5000'],
    [`curl 'http://localhost`, 'failed', `'http://localhost`],
    ['curl --cert me.pem http://localhost/', 'not-simulated', '--cert'],
    ['wget http://localhost/', 'not-simulated', 'wget http://localhost/'],
    ['$ curl http://localhost/', 'prompt', '$'],
  ])('is not sent when it cannot be: %s', (text, type, place) => {
    const { problems, isBlocked } = understood(text, {});
    expect(isBlocked).toBe(true);
    const found = problems.find((one) => one.type === type);
    expect(found && text.slice(found.start, found.end)).toContain(place);
    const marked = markedPieces(text, problems);
    expect(marked.map((piece) => piece.text).join('')).toBe(text);
    expect(marked.some(({ kind }) => kind === 'grave')).toBe(
      problems.some((one) => isGrave(one) && one.end > one.start),
    );
  });
});

test('a header that cannot be sent is told by its name, a quote that is not closed in words of the reader', () => {
  const words = (text: string) =>
    understood(text, {}).problems.map((problem) => problemText(problem, ukComposer, () => 'a path in the scenario'));
  expect(words(`curl http://localhost/ -H 'X Y: 1'`)).toEqual([ukComposer.badHeader.name('X Y')]);
  expect(words(`curl http://localhost/ -H $'X-Y: a\\x01'`)).toEqual([ukComposer.badHeader.value('X-Y')]);
  expect(words(`curl http://localhost/ -d 'a`)).toEqual([expect.stringContaining(ukComposer.unclosedQuote)]);
});

test('a header with a line break is told once, where it stands', () => {
  const text = `curl http://localhost/ -H $'X-Order: 1\\nX-Evil: 2'`;
  const { problems, isBlocked } = understood(text, {});
  expect([problems.map(({ type }) => type), isBlocked]).toEqual([['not-simulated'], true]);
});

describe('what comes of a request', () => {
  const server = `import express from 'express';
import { eventBus, sleep } from 'eventarium';
const bus = eventBus('x');
const app = express();
app.use(express.json());
bus.subscribe('b', () => console.log('heard b'));
bus.subscribe('a', async () => { await sleep(1); console.log('heard a'); });
app.post('/', (req, res) => { bus.emit('a'); bus.emit('b'); setTimeout(() => res.json({ ok: true }), 30); });
app.listen(3000);`;

  test('is its answer, the time of each part of it, and all that it caused', async () => {
    const { exchange } = await sendTo(server, 'http://localhost:3000/', 20);
    expect(exchange.answered?.status).toBe(200);
    expect(timingOf(exchange)).toEqual({
      parts: [
        { what: 'there', ms: 20 },
        { what: 'handler', ms: 30 },
        { what: 'back', ms: 20 },
      ],
      totalMs: 70,
    });
    expect(exchange.consequences.map(({ entry, depth }) => [entry.type, depth])).toEqual([
      ['message.published', 0],
      ['delivery.started', 1],
      ['console.printed', 2],
      ['message.published', 0],
      ['delivery.started', 1],
      ['console.printed', 2],
    ]);
  });

  test('is told in curl’s words when nobody answers, with what to do', async () => {
    const url = 'http://localhost:5000/';
    const { exchange, system } = await sendTo(server, url, 0);
    expect(curlFailure(exchange, url)).toBe(
      "curl: (7) Failed to connect to localhost port 5000 after 0 ms: Couldn't connect to server",
    );
    expect(adviceOn(exchange, url, system)).toEqual({
      type: 'elsewhere',
      port: 5000,
      open: [{ process: 'server', ports: [3000] }],
    });
    const late = await sendTo(`setTimeout(() => require('http').createServer().listen(5000), 200);`, url, 0);
    expect(adviceOn(late.exchange, url, late.system)).toEqual({ type: 'again', process: 'server', port: 5000 });
    const lost = 'http://nobody:3000/';
    const unknown = await sendTo(server, lost, 0);
    expect(curlFailure(unknown.exchange, lost)).toBe('curl: (6) Could not resolve host: nobody');
    expect(adviceOn(unknown.exchange, lost, unknown.system)).toEqual({
      type: 'unknown-host',
      names: ['localhost', 'server'],
    });
  });
});
