import { eventBus, invariant, type BusEvent } from 'eventarium';
import { postTo1C } from './one-c';
import type { Order } from './order';

const bus = eventBus('orders');
const booked = new Set<string>();
let postings = 0;

async function bookOrder(event: BusEvent<Order>) {
  // A queue delivers at least once: what comes again is only acked.
  if (booked.has(event.id)) return;
  await postTo1C(event.data);
  booked.add(event.id);
  postings += 1;
  bus.emit('order.booked', { orderId: event.data.orderId });
}

invariant('no order is booked twice', () => postings === booked.size);

bus.subscribe('order.created', bookOrder, {
  queue: 'accounting',
  retry: { attempts: 5, backoff: 'exponential', initialMs: 400 },
  deadLetter: true,
});
