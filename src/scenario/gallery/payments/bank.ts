import { sleep } from 'eventarium';
import { Svix } from 'svix';
import { type Payment, secret } from './payment';

const svix = new Svix('testsk_playground');
await svix.application.create({ name: 'Банк', uid: 'bank' });
await svix.endpoint.create('bank', { url: 'http://gateway:3000/webhook/payment', secret });

const customers = ['Соломія', 'Назар', 'Богдана', 'Остап', 'Марта', 'Левко', 'Дарина', 'Юрко', 'Оксана', 'Тарас'];

async function tell(payment: Payment, status: Payment['status']) {
  await svix.message.create('bank', {
    eventType: `payment.${status}`,
    eventId: `${payment.id}-${status}`,
    payload: { ...payment, status },
  });
}

// Each payment is authorized, and captured a second later.
for (const [index, customer] of customers.entries()) {
  const card = `4111 11** **** ${1000 + index * 37}`;
  const amount = index === 6 ? 48_000 : 250 + index * 150;
  const payment: Payment = { id: `pay-${index + 1}`, customer, card, amount, status: 'authorized' };
  await tell(payment, 'authorized');
  await sleep(1_000);
  await tell(payment, 'captured');
  await sleep(2_000);
}
