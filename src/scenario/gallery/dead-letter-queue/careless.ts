import { eventBus } from 'eventarium';
import { openBank } from './bank';

const charge = openBank();

// Charges whatever comes, also what comes a second time.
eventBus('shop').subscribe(
  'order.paid',
  async function careless({ data: order }) {
    await charge(order);
  },
  { deadLetter: true },
);
