import { sleep } from 'eventarium';
import { giftCard } from './catalog';
import { between } from './chance';
import type { Order } from './order';

/** 1C: now and then too busy to answer, and it never takes a product that it has no article for. */
export async function postTo1C(order: Order) {
  await sleep(between(40, 120));
  if (Math.random() < 0.06) throw new Error('1С відповіла 503: зайнята');
  if (order.items.some(({ sku }) => sku === giftCard.sku)) {
    throw new Error(`1С відповіла 422: немає артикулу ${giftCard.sku}`);
  }
}
