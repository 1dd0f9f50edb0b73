import { eventBus, every } from 'eventarium';
import { customers, giftCard, goods } from './catalog';
import { between, oneOf } from './chance';

const bus = eventBus('orders');

function placeOrder() {
  const customer = oneOf(customers);
  const item = Math.random() < 0.03 ? giftCard : oneOf(goods);
  const items = [{ ...item, qty: between(1, 2) }];
  bus.emit('order.placed', { customer, items });
}

// About four a second; now and then two come at once.
function letIn(count: number) {
  for (let left = count; left > 0; left--) placeOrder();
}

letIn(3);
every(250, () => letIn(oneOf([0, 1, 1, 1, 1, 2])));
