import { show, sleep } from 'eventarium';
import type { Customer } from './customer';
import { openQueue } from './wiring';

const channel = await openQueue('managers', 'customer.registered');
const load: Record<string, number> = { Олена: 0, Тарас: 0, Ірина: 0 };

await channel.consume('managers', async function assignManager(message) {
  if (!message) return;
  const { id, company, plan }: Customer = JSON.parse(message.content.toString());
  await sleep(500);
  const [manager] = Object.keys(load).sort((a, b) => load[a] - load[b]);
  load[manager] += plan;
  show('load, UAH a month', load);
  console.log(`${company} веде ${manager}`);
  channel.publish('customers', 'manager.assigned', Buffer.from(JSON.stringify({ id, manager })));
  channel.ack(message);
});
