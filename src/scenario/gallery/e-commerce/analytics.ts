import { show, sleep } from 'eventarium';
import { openQueue } from './wiring';

const channel = await openQueue('analytics', ['#']);
// It hears everything, so it takes several events at once.
await channel.prefetch(8);
let orders = 0;
let revenue = 0;

await channel.consume('analytics', async function record(message) {
  if (!message) return;
  await sleep(20);
  if (message.fields.routingKey === 'order.created') {
    orders += 1;
    revenue += JSON.parse(message.content.toString()).total;
    show('виторг, грн', revenue);
    if (orders % 10 === 0) console.log(`Замовлень: ${orders}, виторг ${revenue} грн`);
  }
  channel.ack(message);
});
