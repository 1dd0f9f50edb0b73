import { eventStore, show, sleep } from 'eventarium';

const people = ['Оксана', 'Іван', 'Марія', 'Тарас', 'Леся'];
const events = eventStore('orders');
const mine = new Map<string, number>();
let [asked, stale] = [0, 0];

/** What the customer finds on the page of her orders. */
async function ordersOf(customer: string, position?: number) {
  const wait = position === undefined ? '' : `&after=${position}`;
  const answer = await fetch(`http://my-orders:3000/orders?customer=${encodeURIComponent(customer)}${wait}`);
  return (await answer.json()).count;
}

for (let id = 1; id <= 24; id++) {
  await sleep(150);
  const customer = people[id % people.length];
  const [{ position }] = await events.append(`order-${id}`, {
    type: 'order.placed',
    data: { id, customer, total: 300 },
  });
  mine.set(customer, (mine.get(customer) ?? 0) + 1);
  // Every second customer looks at once, the others wait until their own order is there.
  const count = await ordersOf(customer, id % 2 === 0 ? undefined : position).catch(() => undefined);
  if (count === undefined) console.warn(`order ${id}: the page of orders does not answer`);
  if (count === undefined || id % 2 === 1) continue;
  asked++;
  if (count < mine.get(customer)!) stale++;
  show('looked at once', asked);
  show('did not find their own order', stale);
}
