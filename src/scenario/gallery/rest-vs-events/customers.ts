import { every } from 'eventarium';
import type { Order } from './order';

const sides = ['http://rest-orders:3000', 'http://orders:4000'];
const people = ['Олена Коваль', 'Тарас Бондар', 'Ірина Шевчук', 'Богдан Мельник', 'Соломія Ткач', 'Назар Гончар'];

const between = (least: number, most: number) => least + Math.floor(Math.random() * (most - least + 1));

function nextOrder(): Order {
  const work = {
    email: between(150, 340),
    sms: between(30, 100),
    stock: between(100, 340),
    analytics: 20,
    accounting: between(20, 70),
    slack: between(20, 80),
  };
  return {
    orderId: between(1000, 9999),
    customer: people[between(0, people.length - 1)],
    total: 100 * between(9, 320),
    work,
  };
}

/** Everybody who orders presses the button once and waits for an answer, three seconds at most. */
async function place(side: string, order: Order) {
  const body = JSON.stringify(order);
  const headers = { 'content-type': 'application/json' };
  try {
    await fetch(`${side}/orders`, { method: 'POST', headers, body, signal: AbortSignal.timeout(3000) });
  } catch (error) {
    console.warn(`${side}: замовлення №${order.orderId} без відповіді, ${error.name}`);
  }
}

// The same order at the same moment to both.
every(1000, () => {
  const order = nextOrder();
  for (const side of sides) place(side, order);
});
