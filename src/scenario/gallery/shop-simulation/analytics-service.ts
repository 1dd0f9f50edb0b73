import { eventBus, show } from 'eventarium';

const bus = eventBus('shop');
let orders = 0;
let revenue = 0;

bus.subscribe('order.created', function countOrder(event) {
  orders += 1;
  revenue += event.data.total;
  // Stands in the inspector when this process is selected.
  show('виторг, грн', revenue);
  console.log(`Замовлень: ${orders}, виторг ${revenue} грн`);
});
