import { invariant, show } from 'eventarium';
import { bus } from './bus';
import type { Payment } from './payment';

/** The id of a payment is its idempotency key: what was credited once is not credited again. A status only goes forward. */
const credited = new Set<string>();
const status = new Map<string, Payment['status']>();
const ignored = { duplicates: 0, late: 0 };
let balance = 0;
let most = 0;

bus.subscribe('payment.approved', function creditOnce({ data }: { data: Payment }) {
  if (credited.has(data.id)) ignored.duplicates += 1;
  else {
    credited.add(data.id);
    balance += data.amount;
  }
  show('balance, UAH', balance);
  show('ignored', ignored);
});

bus.subscribe('payment.*', function moveForward({ data, type }: { data: Payment; type: string }) {
  if (type !== 'payment.authorized' && type !== 'payment.captured') return;
  if (status.get(data.id) === 'captured' && data.status === 'authorized') ignored.late += 1;
  else status.set(data.id, data.status);
  show('ignored', ignored);
});

invariant('no payment makes the balance fall', () => {
  const isFine = balance >= most;
  most = balance;
  return isFine;
});
