import { eventBus, invariant, show, sleep } from 'eventarium';

const queue = process.argv[2];
let [packed, worstMs] = [0, 0];
invariant('nobody waits for more than 2 s', () => worstMs <= 2000 || `one waited ${worstMs} ms`);

// Listeners of one queue compete: each order goes to one of them.
eventBus('warehouse').subscribe(
  'order.placed',
  async function pack({ data: order }) {
    await sleep(250);
    packed += 1;
    worstMs = Math.max(worstMs, Date.now() - order.placedAt);
    show('orders packed', packed);
    show('longest wait, ms', worstMs);
  },
  { queue },
);
