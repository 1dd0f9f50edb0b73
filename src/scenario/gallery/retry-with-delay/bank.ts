import { sleep } from 'eventarium';

/** A bank at the other end of a call: down for five seconds, and it never takes a card that it does not know. */
export async function charge(card: string) {
  await sleep(80);
  const second = new Date().getSeconds();
  if (second >= 4 && second < 9) throw new Error('the bank answered 503');
  if (card === 'unknown') throw new Error('the bank answered 402: unknown card');
}
