import { invariant, show } from 'eventarium';
import { commands, events, type Order } from './buses';

const paid = new Set<string>();
const ended = { completed: 0, cancelled: 0, stuck: 0 };
/** Orders that were cancelled while the customer's money stayed here. */
const charged = { orchestrated: 0, choreographed: 0, careless: 0 };
let released = 0;
let releasedTooEarly = 0;

for (const bus of [commands, events]) {
  bus.subscribe('payment.*', function keepAccounts({ type, data }: { type: string; data: Order }) {
    if (type === 'payment.charged') paid.add(data.id);
    if (type === 'payment.refunded' || type === 'payment.undone') paid.delete(data.id);
  });
  bus.subscribe('stock.released', function checkOrder({ data }: { data: Order }) {
    released += 1;
    if (paid.has(data.id)) releasedTooEarly += 1;
    show('undone in reverse', `${released - releasedTooEarly} of ${released}`);
  });
  bus.subscribe('order.*', function closeOrder({ type, data }: { type: string; data: Order }) {
    if (type === 'order.completed') ended.completed += 1;
    if (type === 'order.stuck') ended.stuck += 1;
    if (type === 'order.cancelled') {
      ended.cancelled += 1;
      if (paid.has(data.id)) charged[data.flow] += 1;
    }
    show('ended', ended);
    show('charged without a delivery', charged);
  });
}

invariant(
  'with compensations nobody is charged without a delivery',
  () => charged.orchestrated + charged.choreographed === 0 || `orders: ${charged.orchestrated + charged.choreographed}`,
);
invariant('compensations run in reverse', () => releasedTooEarly === 0);
