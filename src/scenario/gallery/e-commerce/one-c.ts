import { sleep } from 'eventarium';
import { giftCard } from './catalog';
import { between } from './chance';
import type { Order } from './order';

/** 1C at the other end of a call, by its status: down for three seconds, and it has no article for a gift card. */
export async function postTo1C(order: Order) {
  await sleep(between(20, 70));
  const second = new Date().getSeconds();
  if (second >= 6 && second < 9) return 503;
  return order.items.some(({ sku }) => sku === giftCard.sku) ? 422 : 200;
}
