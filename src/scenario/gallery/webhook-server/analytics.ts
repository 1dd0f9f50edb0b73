import { eventBus, show } from 'eventarium';

const counts: Record<string, number> = {};

eventBus('events').subscribe('order.#', function countOrders({ type }) {
  counts[type] = (counts[type] ?? 0) + 1;
  show('orders', counts);
});
