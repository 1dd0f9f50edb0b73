import { invariant, show } from 'eventarium';
import { bus, type Order, type Way } from './prices';

interface Charge {
  readonly way: Way;
  readonly order: Order;
  readonly uah: number;
}

/** UAH that customers paid and did not owe. */
const overcharged = { 'at once': 0, 'by key': 0, shadow: 0 };
const harmed = { 'at once': new Set<string>(), 'by key': new Set<string>(), shadow: new Set<string>() };

bus.subscribe('order.charged', function checkCharge({ data: { way, order, uah } }: { data: Charge }) {
  const owed = order.uah + (order.uah >= 1_000 ? 0 : 60) - order.coupon;
  if (uah === owed) return;
  overcharged[way] += uah - owed;
  harmed[way].add(order.customer);
  show('overcharged, UAH', overcharged);
  show('customers harmed', Object.fromEntries(Object.entries(harmed).map(([key, { size }]) => [key, size])));
});

for (const way of ['at once', 'by key', 'shadow'] as const)
  invariant(`${way}: nobody pays too much`, () => overcharged[way] === 0 || `${overcharged[way]} UAH`);
