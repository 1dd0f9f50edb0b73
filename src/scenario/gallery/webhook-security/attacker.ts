import { invariant, sleep } from 'eventarium';
import { Webhook } from 'svix';

const url = 'http://shop:3000/hooks';
const answers: [string, number][] = [];

async function attack(trick: string, headers: Record<string, string>, body: string) {
  const all = { ...headers, 'x-trick': encodeURI(trick), 'content-type': 'application/json' };
  const { status } = await fetch(url, { method: 'POST', headers: all, body });
  console.log(`${trick}: ${status}`);
  answers.push([trick, status]);
}

const { headers, body } = await (await fetch('http://shop:3000/debug/last')).json();
const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
const caught = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };

await attack('той самий запит одразу', caught, body);
await attack('інша сума', caught, body.replace('500', '50000'));
await attack('інший id', { ...caught, 'webhook-id': 'msg_new' }, body);

const ownKey = new Webhook('whsec_YW5vdGhlci1zZWNyZXQtb2YtYW4tYXR0YWNrZXI=');
const own = ownKey.sign('msg_own', new Date(), body);
const now = String(Math.floor(Date.now() / 1000));
await attack('власний ключ', { 'webhook-id': 'msg_own', 'webhook-timestamp': now, 'webhook-signature': own }, body);

await sleep(360_000);
await attack('той самий запит за шість хвилин', caught, body);
await attack(
  'старий запит із новим часом',
  { ...caught, 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) },
  body,
);

invariant('nothing forged is taken: only the repeat within five minutes is answered, and changes nothing', () =>
  answers.every(([, status], at) => status === 401 || (at === 0 && status === 200)),
);
