import { eventBus, sleep } from 'eventarium';

const bus = eventBus('shop');

bus.subscribe('order.created', async function sendEmail(event) {
  await sleep(300);
  console.log(`Лист: ${event.data.customer}, замовлення №${event.data.orderId} прийнято`);
});

bus.subscribe('order.created', async function sendSms(event) {
  await sleep(150);
  console.log(`SMS: ${event.data.customer}, до сплати ${event.data.total} грн`);
});
