import { sleep } from 'eventarium';
import { bus } from './bus';

bus.subscribe('user.registered', async function sendEmail(event) {
  await sleep(500);
  console.log(`Лист користувачу ${event.data.userId}`);
});

bus.subscribe('user.registered', async function saveUser(event) {
  await sleep(300);
  console.log(`Користувач ${event.data.userId} у базі`);
});

bus.subscribe('user.registered', function alwaysFails() {
  throw new Error('Цей слухач завжди падає');
});

bus.subscribe('order.created', async function sendSms(event) {
  await sleep(200);
  console.log(`SMS: замовлення ${event.data.orderId}`);
});

bus.subscribe('order.created', async function saveOrder(event) {
  await sleep(300);
  console.log(`Замовлення ${event.data.orderId} на ${event.data.total} грн у базі`);
});

// Subscribed last, so it runs when the others are done with the event.
let handled = 0;
bus.subscribe('#', function countHandled() {
  handled += 1;
  const left = bus.history().length - handled;
  console.log(`Оброблено: ${handled}, залишилося: ${left}`);
});
