import { show, sleep } from 'eventarium';
import { commands, events, type Order } from './buses';

/** By the order's id: whoever is charged twice is charged once. */
const charged = new Set<string>();

async function charge(order: Order): Promise<boolean> {
  await sleep(900);
  if (order.fails === 'charge') return false;
  charged.add(order.id);
  show('charged', charged.size);
  return true;
}

async function refund(order: Order): Promise<void> {
  await sleep(700);
  charged.delete(order.id);
  show('charged', charged.size);
}

commands.subscribe('payment.charge', async function chargeCard({ data }: { data: Order }) {
  if (await charge(data)) commands.emit('payment.charged', data);
  else commands.emit('payment.declined', { ...data, reason: 'declined' });
});
commands.subscribe('payment.refund', async function refundCard({ data }: { data: Order }) {
  await refund(data);
  commands.emit('payment.refunded', data);
});

events.subscribe('stock.reserved', async function chargeWhenReserved({ data }: { data: Order }) {
  events.emit((await charge(data)) ? 'payment.charged' : 'payment.undone', data);
});
events.subscribe(
  'delivery.refused',
  async function refundWhenRefused({ data }: { data: Order }) {
    await refund(data);
    events.emit('payment.undone', data);
  },
  { compensates: 'payment.charged' },
);
