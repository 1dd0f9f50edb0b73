import { show } from 'eventarium';
import { openQueue } from './wiring';

const channel = await openQueue('analytics', '#');
const funnel: Record<string, number> = {};

await channel.consume('analytics', function count(message) {
  if (!message) return;
  const { routingKey } = message.fields;
  funnel[routingKey] = (funnel[routingKey] ?? 0) + 1;
  show('events', funnel);
  channel.ack(message);
});
