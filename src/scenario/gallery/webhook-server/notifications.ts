import { eventBus, sleep } from 'eventarium';

eventBus('events').subscribe('order.*', async function sendEmail({ type, data }) {
  await sleep(500);
  console.log(`Лист: №${data.orderId}, ${type}`);
});
