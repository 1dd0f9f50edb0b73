import { sleep } from 'eventarium';
import { bus } from './bus';
import type { Payment } from './payment';

/** More than this is looked at by a person. */
const limit = 20_000;

bus.subscribe('payment.captured', async function checkFraud({ data }: { data: Payment }) {
  await sleep(120);
  if (data.amount > limit) {
    console.log(`${data.id}: ${data.amount} грн, на ручну перевірку`);
    bus.emit('payment.suspicious', data);
  } else bus.emit('payment.approved', data);
});
