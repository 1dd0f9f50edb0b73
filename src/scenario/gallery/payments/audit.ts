import { bus } from './bus';
import type { Payment } from './payment';

/** Writes down everything, repeats included: an audit log tells what came, not what it means. */
bus.subscribe('#', function writeDown({ data, type, time }: { data: Payment; type: string; time: string }) {
  console.log(`${time.slice(14, 23)} ${type} ${data.id} ${data.amount} грн`);
});
