import { invariant, show, sleep } from 'eventarium';

/** A bank of one cashier: what it took, by order. */
export function openBank() {
  const taken = new Map<number, number>();
  let twiceUah = 0;
  invariant('nobody is charged twice', () => twiceUah === 0 || `${twiceUah} UAH taken twice`);

  return async function charge(order: { id: number; uah: number }) {
    await sleep(60);
    const times = (taken.get(order.id) ?? 0) + 1;
    taken.set(order.id, times);
    if (times > 1) twiceUah += order.uah;
    show('UAH taken twice', twiceUah);
    show('orders charged', taken.size);
    // The money is taken; from 2 to 4 s the answer gets lost on its way back.
    const second = new Date().getSeconds();
    if (second >= 2 && second < 4) throw new Error(`no answer from the bank for order ${order.id}`);
  };
}
