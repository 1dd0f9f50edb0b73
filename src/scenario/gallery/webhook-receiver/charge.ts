import { eventBus, sleep } from 'eventarium';

export const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

const bank = eventBus('bank');

/** Every fifth card takes four seconds, and that of the seventh order is blocked for half a minute. The same key is charged once. */
export async function charge(shop: string, order: number, key?: string) {
  await sleep(order % 5 === 0 ? 4_000 : 100);
  if (order === 7 && performance.timeOrigin + performance.now() < Date.parse('2026-01-01T00:00:30Z'))
    throw new Error('The card is blocked');
  console.log(`Замовлення ${order}: оплачено`);
  bank.emit('charged', { shop, order, key });
}
