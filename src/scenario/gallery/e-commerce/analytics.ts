import { eventBus, sleep, type BusEvent } from 'eventarium';

const bus = eventBus('orders');
let orders = 0;
let revenue = 0;

// It hears everything, so it takes several events at once.
async function record(event: BusEvent) {
  await sleep(20);
  if (event.type !== 'order.created') return;
  orders += 1;
  revenue += event.data.total;
  if (orders % 10 === 0) console.log(`Замовлень: ${orders}, виторг ${revenue} грн`);
}

bus.subscribe('#', record, { queue: 'analytics', prefetch: 8 });
