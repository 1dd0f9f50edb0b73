import { eventBus, every } from 'eventarium';

const people = ['Олена', 'Тарас', 'Марія'];
const bus = eventBus('shop');

// Sixteen orders, until 8 s.
every(500, (id) => bus.emit('order.placed', { id, customer: people[id % 3], uah: 200 + 50 * (id % 5) }), { times: 16 });
