import { invariant, show, sleep } from 'eventarium';

/** A bank at the other end of a call: down for five seconds, and it never takes a card that it does not know. */
export async function charge(card: string) {
  await sleep(80);
  const second = new Date().getSeconds();
  if (second >= 4 && second < 9) throw new Error('the bank answered 503');
  if (card === 'unknown') throw new Error('the bank answered 402: unknown card');
}

let lostUah = 0;
show('UAH lost', lostUah);
invariant('whoever can pay is charged', () => lostUah === 0 || `${lostUah} UAH lost`);

/** It is not tried again: of a good card that is money lost. */
export function giveUp({ card, amount }: { card: string; amount: number }) {
  if (card !== 'unknown') lostUah += amount;
  show('UAH lost', lostUah);
}
