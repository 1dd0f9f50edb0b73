import { eventBus, sleep } from 'eventarium';

export interface Order {
  readonly id: number;
  readonly customer: string;
  readonly uah: number;
  /** Off the price, in UAH. */
  readonly coupon: number;
}

export type Way = 'at once' | 'by key' | 'shadow';

export const bus = eventBus('shop');

/** What runs today: slow, and right. */
export const today = (way: Way) =>
  async function today({ data: order }: { data: Order }) {
    await sleep(120);
    const delivery = order.uah >= 1_000 ? 0 : 60;
    bus.emit('order.charged', { way, order, uah: order.uah + delivery - order.coupon });
  };
