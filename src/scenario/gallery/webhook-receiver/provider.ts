import { sleep } from 'eventarium';
import { Svix } from 'svix';
import { secret } from './charge';

const svix = new Svix('testsk_playground');
await svix.application.create({ name: 'Каса', uid: 'till' });
for (const shop of ['slow:3000', 'quick:3001', 'safe:3002'])
  await svix.endpoint.create('till', { uid: shop.split(':')[0], url: `http://${shop}/hooks`, secret });

// An order a second.
for (let order = 1; order <= 20; order++) {
  await svix.message.create('till', { eventType: 'order.placed', payload: { order } });
  await sleep(1_000);
}
