import { show, sleep } from 'eventarium';
import type { Customer } from './customer';
import { openQueue } from './wiring';

const channel = await openQueue('onboarding', 'customer.registered');
let created = 0;

await channel.consume('onboarding', async function createOnboarding(message) {
  if (!message) return;
  const { id, company }: Customer = JSON.parse(message.content.toString());
  // A workspace, sample data and a list of first steps.
  await sleep(40_000);
  created += 1;
  show('onboardings', created);
  console.log(`${company}: простір готовий`);
  channel.publish('customers', 'onboarding.created', Buffer.from(JSON.stringify({ id })));
  channel.ack(message);
});
