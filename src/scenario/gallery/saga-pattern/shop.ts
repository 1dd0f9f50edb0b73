import { every, show } from 'eventarium';
import { commands, events, type Order } from './buses';

/** Of eight orders, one fails at each step. The same orders go all three ways. */
const fates: Order['fails'][] = [undefined, undefined, 'reserve', undefined, 'charge', undefined, 'ship', undefined];

every(
  1_500,
  (n) => {
    const fails = fates[(n - 1) % fates.length];
    commands.emit('order.created.orchestrated', { id: `order-${n}`, flow: 'orchestrated', fails });
    commands.emit('order.created.careless', { id: `careless-${n}`, flow: 'careless', fails });
    events.emit('order.placed', { id: `event-${n}`, flow: 'choreographed', fails });
  },
  { times: 16 },
);

let informed = 0;
commands.subscribe('customer.informed', function sendLetter() {
  show('letters', (informed += 1));
});
