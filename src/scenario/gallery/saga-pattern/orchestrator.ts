import { pivot, request, saga, show, step, type StepContext } from 'eventarium';
import { commands, type Order } from './buses';

/** Which orders are its own, and `without-undo` when it has no compensations. */
const [flow = 'orchestrated', option] = process.argv.slice(2);
const timeoutMs = 5_000;

const ask =
  (command: string, reply: string, failure = 'none') =>
  ({ data, key }: StepContext<Order>) =>
    request(commands, command, { ...data, key }, { reply, failure });
const undo = (command: string, reply: string) => (option === 'without-undo' ? undefined : ask(command, reply));

const order = saga<Order>('order', {
  steps: [
    step('reserve', {
      timeoutMs,
      action: ask('stock.reserve', 'stock.reserved', 'stock.refused'),
      compensation: undo('stock.release', 'stock.released'),
    }),
    step('charge', {
      timeoutMs,
      action: ask('payment.charge', 'payment.charged', 'payment.declined'),
      compensation: undo('payment.refund', 'payment.refunded'),
    }),
    pivot('ship', { timeoutMs, action: ask('delivery.book', 'delivery.booked', 'delivery.refused') }),
    step('inform', { action: ({ data }) => void commands.emit('customer.informed', data) }),
  ],
});

const outcomes: Record<string, number> = { completed: 0, compensated: 0, failed: 0, stuck: 0 };

async function runSaga({ data }: { data: Order }) {
  const { outcome, stuck } = await order.run(data.id, data);
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  show('outcomes of this life', outcomes);
  if (stuck) console.warn(`${data.id}: ${stuck.message}`);
  commands.emit(stuck ? 'order.stuck' : outcome === 'completed' ? 'order.completed' : 'order.cancelled', data);
}
// The queue keeps orders while nobody is here, and gives those back that a crash has interrupted.
commands.subscribe(`order.created.${flow}`, runSaga, { queue: flow, prefetch: 8 });
