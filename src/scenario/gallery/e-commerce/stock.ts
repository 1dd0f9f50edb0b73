import { every, invariant, show, sleep } from 'eventarium';
import { giftCard, goods } from './catalog';
import { between } from './chance';
import type { Order } from './order';
import { openQueue } from './wiring';

const channel = await openQueue('stock', ['order.created', 'order.cancelled']);
const shelf = new Map<string, number>();

function restock() {
  for (const { sku } of [...goods, giftCard]) shelf.set(sku, 15);
  show('на полицях', shelf);
}

restock();
every(15000, restock);
invariant('stock is never negative', () => [...shelf.values()].every((left) => left >= 0));

/** All of an order or nothing of it; a cancelled one comes back to the shelf. */
function move({ items }: Order, by: 1 | -1) {
  const left = new Map(shelf);
  for (const { sku, qty } of items) left.set(sku, (left.get(sku) ?? 0) + by * qty);
  if ([...left.values()].some((count) => count < 0)) return false;
  for (const [sku, count] of left) shelf.set(sku, count);
  show('на полицях', shelf);
  return true;
}

await channel.consume('stock', async function reserveStock(message) {
  if (!message) return;
  const order: Order = JSON.parse(message.content.toString());
  await sleep(between(100, 340));
  const isCancelled = message.fields.routingKey === 'order.cancelled';
  const isDone = move(order, isCancelled ? 1 : -1);
  const key = isCancelled ? 'stock.released' : isDone ? 'stock.reserved' : 'stock.missing';
  channel.publish('orders', key, Buffer.from(JSON.stringify({ orderId: order.orderId })));
  channel.ack(message);
});
