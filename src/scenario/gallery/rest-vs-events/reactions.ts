import { sleep } from 'eventarium';
import type { Order } from './order';

const words: Record<string, (order: Order) => string> = {
  email: ({ orderId, customer }) => `Лист: ${customer}, замовлення №${orderId}`,
  sms: ({ orderId }) => `SMS: замовлення №${orderId} прийнято`,
  stock: ({ orderId }) => `Склад: товар для №${orderId} зарезервовано`,
  analytics: ({ orderId, total }) => `Аналітика: №${orderId}, ${total} грн`,
  accounting: ({ orderId, total }) => `1С: №${orderId}, ${total} грн проведено`,
  slack: ({ orderId, customer }) => `#sales: №${orderId}, ${customer}`,
};

let busy: Promise<unknown> = Promise.resolve();

/** What a service does about an order, on either side: one order after another, as long as the order says. */
export async function react(service: string, order: Order) {
  const before = busy;
  const work = before.then(() => sleep(order.work[service as keyof Order['work']]));
  busy = work;
  await work;
  console.log(words[service](order));
}
