import { every } from 'eventarium';
import { customers, giftCard, goods } from './catalog';
import { between, oneOf } from './chance';
import type { Order } from './order';
import { openChannel } from './wiring';

const channel = await openChannel();

// After a restart it goes on with a number that was never given: there are fewer than ten orders a second.
const now = new Date();
let orderId = 1000 + 10 * (60 * now.getMinutes() + now.getSeconds());

function tell(key: string, order: Order) {
  channel.publish('orders', key, Buffer.from(JSON.stringify(order)), { contentType: 'application/json' });
}

// The shop's visitors are part of this service here: nobody has to call it.
function placeOrder() {
  const { name, email, phone } = oneOf(customers);
  const item = Math.random() < 0.03 ? giftCard : oneOf(goods);
  const items = [{ ...item, qty: between(1, 2) }];
  const total = items.reduce((sum, { price, qty }) => sum + price * qty, 0);
  orderId += 1;
  const order: Order = { orderId, customer: name, email, phone, items, total, currency: 'UAH' };
  tell('order.created', order);
  // Now and then somebody thinks better of it.
  if (Math.random() < 0.06) setTimeout(() => tell('order.cancelled', order), 2500);
}

// About four a second; now and then two come at once.
function letIn(count: number) {
  for (let left = count; left > 0; left--) placeOrder();
}

letIn(3);
every(250, () => letIn(oneOf([0, 1, 1, 1, 1, 2])));
