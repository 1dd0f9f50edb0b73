import { show } from 'eventarium';
import Redis from 'ioredis';

const redis = new Redis();
// In memory: a crash takes it along.
const cooked: number[] = [];

redis.on('message', function cook(channel, text) {
  const { orderId } = JSON.parse(text);
  cooked.push(orderId);
  show('cooked since the start', cooked);
  console.log(`Order ${orderId}`);
});

await redis.subscribe('orders');
