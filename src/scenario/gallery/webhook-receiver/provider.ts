import { sleep } from 'eventarium';
import { Svix } from 'svix';
import { secret } from './charge';

const svix = new Svix('testsk_playground');
await svix.application.getOrCreate({ name: 'Каса', uid: 'till' });
for (const shop of ['slow:3000', 'quick:3001', 'safe:3002'])
  await svix.endpoint.create('till', { url: `http://${shop}/hooks`, secret }, { idempotencyKey: shop });

// An order a second.
for (let order = 1; order <= 20; order++) {
  await svix.message.create(
    'till',
    { eventType: 'order.placed', payload: { order } },
    { idempotencyKey: `order-${order}` },
  );
  await sleep(1_000);
}
