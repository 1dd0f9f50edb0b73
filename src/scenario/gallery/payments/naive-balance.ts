import { invariant, show } from 'eventarium';
import { bus } from './bus';
import type { Payment } from './payment';

/** Credits what comes as it comes, and takes the last word for the truth. */
const status = new Map<string, Payment['status']>();
const times = new Map<string, number>();
const harm = { creditedTwice: 0, uahTooMuch: 0, statusGoneBack: 0 };
let balance = 0;

bus.subscribe('payment.approved', function creditAlways({ data }: { data: Payment }) {
  balance += data.amount;
  times.set(data.id, (times.get(data.id) ?? 0) + 1);
  if (times.get(data.id)! > 1) {
    harm.creditedTwice += 1;
    harm.uahTooMuch += data.amount;
  }
  show('balance, UAH', balance);
  show('harm', harm);
});

bus.subscribe('payment.*', function takeLastWord({ data, type }: { data: Payment; type: string }) {
  if (type !== 'payment.authorized' && type !== 'payment.captured') return;
  if (status.get(data.id) === 'captured' && data.status === 'authorized') harm.statusGoneBack += 1;
  status.set(data.id, data.status);
  show('harm', harm);
});

invariant('no payment is credited twice', () => harm.creditedTwice === 0 || `${harm.uahTooMuch} UAH too much`);
