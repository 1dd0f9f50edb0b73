import { sleep } from 'eventarium';
import type { Customer } from './customer';
import { openQueue } from './wiring';

const channel = await openQueue('slack', 'customer.registered');

await channel.consume('slack', async function tellTeam(message) {
  if (!message) return;
  const { company, plan }: Customer = JSON.parse(message.content.toString());
  await sleep(300);
  console.log(`#нові-клієнти: ${company}, ${plan} грн на місяць`);
  channel.ack(message);
});
