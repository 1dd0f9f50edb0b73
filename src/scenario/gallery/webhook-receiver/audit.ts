import { eventBus, invariant, show } from 'eventarium';

const shops = ['slow', 'quick', 'safe'];
const charged = new Map<string, number>();
const keys = new Set<string>();
let last = 0;

eventBus('bank').subscribe('charged', function book({ data }) {
  // What a bank does with an idempotency key.
  if (data.key !== undefined && keys.has(data.key)) return;
  keys.add(data.key);
  if (data.order < 999) last = Math.max(last, data.order);
  const sale = `${data.shop} ${data.order}`;
  charged.set(sale, (charged.get(sale) ?? 0) + 1);
  show('harm', harm());
});

function harmOf(shop: string) {
  const times = (order: number) => charged.get(`${shop} ${order}`) ?? 0;
  // As far as anybody has charged.
  const orders = Array.from({ length: last }, (_, at) => at + 1);
  return {
    twice: orders.filter((order) => times(order) > 1).length,
    unpaid: orders.filter((order) => times(order) === 0).length,
    forged: times(999),
  };
}

const harm = () => Object.fromEntries(shops.map((shop) => [shop, harmOf(shop)]));

for (const shop of shops) {
  invariant(`${shop}: nobody is charged twice`, () => harmOf(shop).twice === 0);
  invariant(`${shop}: nobody pays what was not ordered`, () => harmOf(shop).forged === 0);
}
// By then the sender and the receivers have done what they could.
setTimeout(() => {
  show('harm', harm());
  for (const shop of shops) invariant(`${shop}: every order is charged`, () => harmOf(shop).unpaid === 0);
}, 55_000);
