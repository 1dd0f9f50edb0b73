import { eventBus } from 'eventarium';
import { openBank } from './bank';

const charge = openBank();
const asked = new Set<number>();

// The order's id is the idempotency key: what was asked of the bank once is not asked again.
eventBus('shop').subscribe(
  'order.paid',
  async function careful({ data: order }) {
    if (asked.has(order.id)) return;
    asked.add(order.id);
    await charge(order);
  },
  { deadLetter: true },
);
