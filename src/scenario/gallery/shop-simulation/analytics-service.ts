import { eventBus } from 'eventarium';

const bus = eventBus('shop');
let orders = 0;
let revenue = 0;

bus.subscribe('order.created', function countOrder(event) {
  orders += 1;
  revenue += event.data.total;
  console.log(`Замовлень: ${orders}, виторг ${revenue} грн`);
});
