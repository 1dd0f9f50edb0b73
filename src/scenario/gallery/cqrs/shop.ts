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

const customerOf = (id: number) => people[id % people.length];
const count = (id: number) => mine.set(customerOf(id), (mine.get(customerOf(id)) ?? 0) + 1);

// A shop that starts again goes on after the orders that it has placed.
let placed = 0;
while ((await events.read(`order-${placed + 1}`)).length > 0) count(++placed);

for (let id = placed + 1; id <= 24; id++) {
  await sleep(150);
  const customer = customerOf(id);
  const [{ position }] = await events.append(`order-${id}`, {
    type: 'order.placed',
    data: { id, customer, total: 300 },
  });
  count(id);
  // Every second customer looks at once, the others wait until their own order is there.
  const found = await ordersOf(customer, id % 2 === 0 ? undefined : position).catch(() => undefined);
  if (found === undefined) console.warn(`order ${id}: the page of orders does not answer`);
  if (found === undefined || id % 2 === 1) continue;
  asked++;
  if (found < mine.get(customer)!) stale++;
  show('looked at once', asked);
  show('did not find their own order', stale);
}
