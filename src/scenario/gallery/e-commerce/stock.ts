import { eventBus, every, invariant, show, sleep, type BusEvent } from 'eventarium';
import { giftCard, goods } from './catalog';
import { between } from './chance';
import type { Order } from './order';

const bus = eventBus('orders');
let shelf = new Map<string, number>();

function restock() {
  for (const { sku } of [...goods, giftCard]) shelf.set(sku, 15);
  show('на полицях', shelf);
}

async function reserveStock(event: BusEvent<Order>) {
  await sleep(between(150, 450));
  const { orderId, items } = event.data;
  // All of an order or nothing of it.
  const left = new Map(shelf);
  for (const { sku, qty } of items) left.set(sku, (left.get(sku) ?? 0) - qty);
  const missing = items.find(({ sku }) => left.get(sku)! < 0);
  if (missing) throw new Error(`Бракує ${missing.sku}, чекаємо на постачальника`);
  shelf = left;
  show('на полицях', shelf);
  bus.emit('stock.reserved', { orderId });
}

restock();
every(15000, restock);
invariant('stock is never negative', () => [...shelf.values()].every((left) => left >= 0));

bus.subscribe('order.created', reserveStock, {
  queue: 'stock',
  retry: { attempts: 8, initialMs: 500 },
  deadLetter: true,
});
