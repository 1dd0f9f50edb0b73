import { every } from 'eventarium';
import { bus, type Order } from './prices';

// Twenty customers, each with an order every four seconds; one in five has a coupon and enough in the cart for free delivery.
every(
  200,
  (n) => {
    const customer = `c-${1 + (n % 20)}`;
    const isLarge = n % 5 === 0 || n % 7 === 0;
    const order: Order = { id: n, customer, uah: isLarge ? 1_200 : 400, coupon: n % 3 === 0 ? 0 : 150 };
    bus.emit('order.placed', order);
  },
  { times: 80 },
);
