import { every, invariant, show } from 'eventarium';
import { type Customer, hour, letters } from './customer';
import { openQueue } from './wiring';

const channel = await openQueue('mailboxes', '*.*');
const registered: { id: string; atMs: number }[] = [];
const received = new Set<string>();
const missing: Record<string, number> = { welcome: 0, 'naive-welcome': 0 };

await channel.consume('mailboxes', function receive(message) {
  if (!message) return;
  const { routingKey } = message.fields;
  const fact = JSON.parse(message.content.toString());
  if (routingKey === 'customer.registered') registered.push({ id: (fact as Customer).id, atMs: Date.now() });
  if (routingKey === 'letter.sent') received.add(`${fact.by} ${fact.to} ${fact.subject}`);
  channel.ack(message);
});

/** A letter that is an hour late counts as missing. */
function isMissing(by: string, id: string, sinceMs: number, { subject, afterMs }: (typeof letters)[number]) {
  return Date.now() > sinceMs + afterMs + hour && !received.has(`${by} ${id} ${subject}`);
}

every(hour, () => {
  for (const by of Object.keys(missing))
    missing[by] = registered.reduce(
      (sum, { id, atMs }) => sum + letters.filter((letter) => isMissing(by, id, atMs, letter)).length,
      0,
    );
  show('letters missing', missing);
});

invariant('every letter of the series comes, whoever restarts', () => missing['welcome'] === 0);
invariant(
  'so it does with timers',
  () => missing['naive-welcome'] === 0 || `letters missing: ${missing['naive-welcome']}`,
);
