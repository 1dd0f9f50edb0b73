import { eventBus, sleep } from 'eventarium';
import { watchOrder } from './account';

const book = watchOrder();

// One queue, and three events at once: whichever is done first is booked first.
eventBus('accounts').subscribe(
  'money.*',
  async function anyHand({ data: { customer, version, uah } }) {
    await sleep(20 + Math.random() * 180);
    book(customer, version, uah);
  },
  { queue: 'all', prefetch: 3 },
);
