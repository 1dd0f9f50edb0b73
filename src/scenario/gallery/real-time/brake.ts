import { show } from 'eventarium';

let [oldest, sum, count] = [0, 0, 0];

/** Brakes, and shows how old the signal was. */
export function actOn(sentAt: number) {
  const age = Date.now() - sentAt;
  oldest = Math.max(oldest, age);
  sum += age;
  count += 1;
  show('oldest signal acted on, ms', oldest);
  show('age of a signal on average, ms', Math.round(sum / count));
}
