import { eventBus } from 'eventarium';

// Starts after three orders. Nothing in order-service.ts had to change.
const bus = eventBus('shop');

bus.subscribe('order.created', function addBonus(event) {
  const bonus = Math.round(event.data.total / 100);
  console.log(`${event.data.customer}, бонуси: +${bonus}`);
});
