import { afterEach, expect, it } from 'vitest';
import type { SandboxEvent } from '../../src/sandbox/host';
import { parseScenario } from '../../src/scenario/parse';
import { recordedSandbox, type RecordedSandbox } from './sandbox/recorded-sandbox';

// What the sender signs is verified by the very library, in the worker in which a reader's code runs.

let sandbox: RecordedSandbox | undefined;
afterEach(() => sandbox?.close());

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const sources = {
  'shop.ts': `import express from 'express';
import { Webhook } from 'standardwebhooks';
const app = express();
app.post('/hooks', express.text({ type: '*/*' }), (req, res) => {
  const verdict = (secret: string, body: string) => {
    try {
      return JSON.stringify(new Webhook(secret).verify(body, req.headers));
    } catch (error) {
      return error.message;
    }
  };
  console.log(verdict('${secret}', req.body));
  console.log(verdict('${secret}', req.body.replace('500', '501')));
  console.log(verdict('whsec_YW5vdGhlci1zZWNyZXQtb2YtYW4tYXR0YWNrZXI=', req.body));
  res.sendStatus(204);
}).listen(3000);`,
  'provider.ts': `import { Svix } from 'svix';
const svix = new Svix('testsk_playground');
await svix.application.create({ name: 'Pay', uid: 'pay' });
await svix.endpoint.create('pay', { url: 'http://shop:3000/hooks', secret: '${secret}' });
await svix.message.create('pay', { eventType: 'paid', payload: { total: 500 } });`,
};
const settings = {
  title: 'Signed',
  durationMs: 5_000,
  processes: [
    { name: 'shop', file: 'shop.ts' },
    { name: 'provider', file: 'provider.ts', startAtMs: 100 },
  ],
};

it('standardwebhooks verifies in the worker what the sender signs, and nothing else', async () => {
  const parsed = parseScenario(settings, sources);
  if (parsed.type === 'problems') throw new Error(JSON.stringify(parsed.problems));
  sandbox = recordedSandbox({ keepWarm: false });
  sandbox.start({ scenario: parsed.scenario, fromSeq: 0 });
  sandbox.advance(5_000);
  await sandbox.event('advanced');
  const printed = sandbox.events
    .filter((event): event is Extract<SandboxEvent, { type: 'segment' }> => event.type === 'segment')
    .flatMap(({ ndjson }) => new TextDecoder().decode(ndjson).trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as { readonly type: string; readonly text?: string })
    .flatMap(({ type, text }) => (type === 'console.printed' ? (text?.trimEnd() ?? '') : []));
  expect(printed).toEqual(['{"total":500}', 'No matching signature found', 'No matching signature found']);
});
