import { eventBus, sleep } from 'eventarium';
import { watchOrder } from './account';

const book = watchOrder();

// Three events at once here too, but a queue for each shard: a customer's next event waits until the one before is booked.
for (const shard of [0, 1, 2]) {
  eventBus('accounts').subscribe(
    `money.${shard}`,
    async function byKey({ data: { customer, version, uah } }) {
      await sleep(20 + Math.random() * 180);
      book(customer, version, uah);
    },
    { queue: `shard-${shard}`, prefetch: 1 },
  );
}
