import { show, sleep } from 'eventarium';
import { commands, events, type Order } from './buses';

/** A set: what is asked for twice is done once. */
const reserved = new Set<string>();

async function reserve(order: Order): Promise<boolean> {
  await sleep(600);
  if (order.fails === 'reserve') return false;
  reserved.add(order.id);
  show('reserved', reserved.size);
  return true;
}

async function release(order: Order): Promise<void> {
  await sleep(500);
  reserved.delete(order.id);
  show('reserved', reserved.size);
}

commands.subscribe('stock.reserve', async function reserveStock({ data }: { data: Order }) {
  if (await reserve(data)) commands.emit('stock.reserved', data);
  else commands.emit('stock.refused', { ...data, reason: 'sold out' });
});
commands.subscribe('stock.release', async function releaseStock({ data }: { data: Order }) {
  await release(data);
  commands.emit('stock.released', data);
});

events.subscribe('order.placed', async function reserveWhenPlaced({ data }: { data: Order }) {
  events.emit((await reserve(data)) ? 'stock.reserved' : 'order.cancelled', data);
});
events.subscribe(
  'payment.undone',
  async function releaseWhenUnpaid({ data }: { data: Order }) {
    await release(data);
    events.emit('stock.released', data);
    events.emit('order.cancelled', data);
  },
  { compensates: 'stock.reserved' },
);
