import { eventBus, sleep } from 'eventarium';

const bus = eventBus('shop');
const busy = new Map<number, number>();
bus.subscribe('order.#', async (event) => {
  busy.set(event.data.id, (busy.get(event.data.id) ?? 0) + 1);
  await Promise.all([sleep(30), sleep(10).then(() => sleep(25))]);
  console.log(event.type, event.data.id, event.time);
});
