import { every, show } from 'eventarium';
import Redis from 'ioredis';

const redis = new Redis();
let unheard = 0;

async function takeOrder(orderId: number) {
  // The reply is how many heard it. Nobody keeps it for those who did not.
  const receivers = await redis.publish('orders', JSON.stringify({ orderId }));
  if (receivers === 0) {
    unheard += 1;
    show('heard by nobody', unheard);
  }
  // A stream keeps it, whoever is there.
  await redis.xadd('orders:stream', '*', 'orderId', orderId);
}

every(500, takeOrder, { times: 20 });
