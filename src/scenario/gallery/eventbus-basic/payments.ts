import { eventBus } from 'eventarium';

const bus = eventBus('events');
let received = 0;

bus.subscribe('payment.received', function sendReceipt(event) {
  console.log(`Чек на ${event.data.amount} грн, замовлення №${event.data.orderId}`);
});

bus.subscribe('payment.received', function countRevenue(event) {
  received += event.data.amount;
  console.log(`Усього отримано ${received} грн`);
});
