import { eventBus } from 'eventarium';

const bus = eventBus('events');

bus.subscribe('order.created', function confirmOrder(event) {
  console.log(`Замовлення №${event.data.orderId} прийнято`);
});

// It always throws. The listener after it never notices.
bus.subscribe('order.created', function reserveStock(event) {
  throw new Error(`Склад не відповідає, замовлення №${event.data.orderId}`);
});

bus.subscribe('order.created', function tellManager(event) {
  console.log(`Менеджеру: нове замовлення на ${event.data.total} грн`);
});
