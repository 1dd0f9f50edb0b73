import { invariant, show } from 'eventarium';
import { bus } from './bus';
import type { Payment } from './payment';

/** The id of a payment is its idempotency key: what was credited once is not credited again. A status only goes forward. */
const credited = new Map<string, number>();
const status = new Map<string, Payment['status']>();
const ignored = { duplicates: 0, late: 0 };
const sum = () => [...credited.values()].reduce((total, amount) => total + amount, 0);

bus.subscribe('payment.approved', function creditOnce({ data }: { data: Payment }) {
  if (credited.has(data.id)) ignored.duplicates += 1;
  else credited.set(data.id, data.amount);
  show('balance, UAH', sum());
  show('ignored', ignored);
});

bus.subscribe('payment.*', function moveForward({ data, type }: { data: Payment; type: string }) {
  if (type !== 'payment.authorized' && type !== 'payment.captured') return;
  if (status.get(data.id) === 'captured' && data.status === 'authorized') ignored.late += 1;
  else status.set(data.id, data.status);
  show('ignored', ignored);
});

let most = 0;
invariant('a balance never falls by a payment, and each is credited once', () => {
  const now = sum();
  const isFine = now >= most && credited.size === new Set(credited.keys()).size;
  most = now;
  return isFine;
});
