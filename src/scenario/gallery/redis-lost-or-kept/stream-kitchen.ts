import { show, sleep } from 'eventarium';
import Redis from 'ioredis';

const redis = new Redis();
const cooked: number[] = [];

// The group remembers how far it has read. It is there already after a restart.
await redis.xgroup('CREATE', 'orders:stream', 'kitchen', '0', 'MKSTREAM').catch(() => console.log('Here again'));

async function cook([id, fields]: [string, string[]]) {
  const orderId = Number(fields[1]);
  await sleep(150);
  cooked.push(orderId);
  show('cooked since the start', cooked);
  console.log(`Order ${orderId}`);
  await redis.xack('orders:stream', 'kitchen', id);
}

/** The next entries: `0` are those that it was given before and never acknowledged, `>` those that nobody was given. */
async function read(from: '0' | '>') {
  const found = await redis.xreadgroup(
    ...(['GROUP', 'kitchen', 'cook-1', 'COUNT', 10, 'BLOCK', 5000, 'STREAMS', 'orders:stream', from] as const),
  );
  return found?.[0][1] ?? [];
}

for (const entry of await read('0')) await cook(entry);
for (;;) {
  for (const entry of await read('>')) await cook(entry);
}
