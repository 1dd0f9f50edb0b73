import { sleep } from 'eventarium';

const people = ['Оксана', 'Іван', 'Марія', 'Тарас', 'Леся'];

export interface Order {
  id: number;
  customer: string;
  total: number;
}

/** An order every half a second until 8 s. Who meets a shop that is down goes away. */
export async function customers(take: (order: Order) => Promise<unknown>) {
  for (;;) {
    const now = Date.now() % 60_000;
    const id = Math.floor(now / 500) + 1;
    if (id > 16) return;
    await sleep(id * 500 - now);
    await take({ id, customer: people[id % people.length], total: 250 + id * 50 });
  }
}
