import { sleep } from 'eventarium';
import { Svix } from 'svix';
import { type Payment, secret } from './payment';

const svix = new Svix('testsk_playground');
await svix.application.getOrCreate({ name: 'Банк', uid: 'bank' });
const endpoint = { url: 'http://gateway:3000/webhook/payment', secret };
await svix.endpoint.create('bank', endpoint, { idempotencyKey: 'gateway' });

const customers = ['Соломія', 'Назар', 'Богдана', 'Остап', 'Марта', 'Левко', 'Дарина', 'Юрко', 'Оксана', 'Тарас'];

/** What it has told before it was started anew, or changed, is turned down with 409: it goes on where it was. */
async function tell(payment: Payment, status: Payment['status'], restMs: number) {
  const event = { eventType: `payment.${status}`, eventId: `${payment.id}-${status}` };
  try {
    await svix.message.create('bank', { ...event, payload: { ...payment, status } });
    await sleep(restMs);
  } catch (error) {
    if (error.code !== 409) throw error;
  }
}

// Each payment is authorized, and captured a second later.
for (const [index, customer] of customers.entries()) {
  const card = `4111 11** **** ${1000 + index * 37}`;
  const amount = index === 6 ? 48_000 : 250 + index * 150;
  const payment: Payment = { id: `pay-${index + 1}`, customer, card, amount, status: 'authorized' };
  await tell(payment, 'authorized', 1_000);
  await tell(payment, 'captured', 2_000);
}
