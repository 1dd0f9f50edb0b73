import { eventBus, sleep } from 'eventarium';

const bus = eventBus('shop');

const orders = [
  { orderId: 1, customer: 'Олена', product: 'Ноутбук', total: 32000 },
  { orderId: 2, customer: 'Тарас', product: 'Миша', total: 900 },
  { orderId: 3, customer: 'Ірина', product: 'Клавіатура', total: 1800 },
  { orderId: 4, customer: 'Богдан', product: 'Монітор', total: 9500 },
  { orderId: 5, customer: 'Соломія', product: 'Навушники', total: 2400 },
  { orderId: 6, customer: 'Назар', product: 'Вебкамера', total: 1400 },
];

// Who listens, and how many of them, is not known here.
for (const order of orders) {
  console.log(`Замовлення №${order.orderId}: ${order.product}, ${order.total} грн`);
  bus.emit('order.created', order);
  await sleep(1000);
}
