import { show, sleep } from 'eventarium';
import { Svix } from 'svix';

const svix = new Svix('testsk_playground');
const hour = 3_600_000;

async function disabledOnes() {
  const { data } = await svix.endpoint.list('payments');
  return data.filter(({ disabled }) => disabled).map(({ uid }) => uid);
}

// Looks every hour; in the thirty-first the warehouse is known to be mended.
for (let hours = 1; hours <= 31; hours++) {
  await sleep(hour);
  show('disabled endpoints', await disabledOnes());
}
await svix.endpoint.patch('payments', 'warehouse', { disabled: false });
const since = new Date('2026-01-01T00:00:00Z');
await svix.endpoint.recover('payments', 'warehouse', { since });
await svix.endpoint.replayMissing('payments', 'warehouse', { since });
await sleep(hour);
const { data } = await svix.messageAttempt.listByEndpoint('payments', 'warehouse');
console.log(`Склад: спроб ${data.length}, вдалих ${data.filter(({ status }) => status === 0).length}`);
show('disabled endpoints', await disabledOnes());
