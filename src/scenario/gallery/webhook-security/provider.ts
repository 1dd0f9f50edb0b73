import { sleep } from 'eventarium';
import { Svix } from 'svix';
import { secret } from './keys';

const svix = new Svix('testsk_playground');
await svix.application.create({ name: 'Оплата', uid: 'payments' });
await svix.endpoint.create('payments', { uid: 'shop', url: 'http://shop:3000/hooks', secret });

// Whoever has an account may enter any address: the sender's policy decides where it really goes.
const entered = ['169.254.169.254/latest/meta-data', '127.0.0.1:9000/admin', '2130706433:9000/admin', '10.0.0.7/'];
for (const host of entered)
  await svix.endpoint.create('payments', { url: `http://${host}`, filterTypes: ['payment.refunded'] });

for (let payment = 1; payment <= 3; payment++) {
  await svix.message.create('payments', { eventType: 'payment.received', payload: { payment, total: 500 } });
  await sleep(5_000);
}
await sleep(400_000);
await svix.message.create('payments', { eventType: 'payment.refunded', payload: { payment: 1, total: 500 } });
