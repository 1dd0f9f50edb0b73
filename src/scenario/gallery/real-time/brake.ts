import { show } from 'eventarium';

const staleMs = 100;
let [oldest, stale, sum, count] = [0, 0, 0, 0];

/** Brakes, and shows how old the signal was. */
export function actOn(sentAt: number) {
  const age = Date.now() - sentAt;
  oldest = Math.max(oldest, age);
  if (age > staleMs) stale += 1;
  sum += age;
  count += 1;
  show('oldest signal acted on, ms', oldest);
  show('stale signals acted on', stale);
  show('age of a signal on average, ms', Math.round(sum / count));
}
