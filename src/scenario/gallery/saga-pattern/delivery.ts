import { show, sleep } from 'eventarium';
import { commands, events, type Order } from './buses';

const booked = new Set<string>();

async function book(order: Order): Promise<boolean> {
  await sleep(1_100);
  if (order.fails === 'ship') return false;
  booked.add(order.id);
  show('booked', booked.size);
  return true;
}

commands.subscribe('delivery.book', async function bookCourier({ data }: { data: Order }) {
  if (await book(data)) commands.emit('delivery.booked', data);
  else commands.emit('delivery.refused', { ...data, reason: 'no courier' });
});

events.subscribe('payment.charged', async function bookWhenCharged({ data }: { data: Order }) {
  events.emit((await book(data)) ? 'order.completed' : 'delivery.refused', data);
});
