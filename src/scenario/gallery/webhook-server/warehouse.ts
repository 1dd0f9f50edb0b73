import { eventBus, sleep } from 'eventarium';

eventBus('events').subscribe('order.created', async function reserveStock({ data }) {
  await sleep(300);
  console.log(`Склад: товар для №${data.orderId} відкладено`);
});
