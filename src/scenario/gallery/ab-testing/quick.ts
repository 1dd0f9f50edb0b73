import { sleep } from 'eventarium';
import { bus, type Order, type Way } from './prices';

/** What is tried: three times as fast. Whoever has free delivery loses the coupon. */
export const quick = (way: Way) =>
  async function quick({ data: order }: { data: Order }) {
    await sleep(40);
    const uah = order.uah >= 1_000 ? order.uah : order.uah + 60 - order.coupon;
    bus.emit('order.charged', { way, order, uah });
  };
