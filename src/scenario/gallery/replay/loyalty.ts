import { eventBus, show } from 'eventarium';

const bus = eventBus('shop');
const points = new Map<string, number>();

// One point for each 100 UAH; whoever has 10 of them gets a gift.
bus.subscribe('order.placed', function collect({ data: { customer, uah } }) {
  const before = points.get(customer) ?? 0;
  const now = before + Math.floor(uah / 100);
  points.set(customer, now);
  show('points', points);
  if (before < 10 && now >= 10) bus.emit('gift.earned', { customer, points: now });
});
