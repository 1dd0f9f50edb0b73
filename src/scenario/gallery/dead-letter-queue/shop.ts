import { eventBus, every } from 'eventarium';

const people = ['Олена', 'Тарас', 'Марія', 'Іван', 'Софія'];
const bus = eventBus('shop');

// Ten orders, one each half a second.
every(500, (id) => bus.emit('order.paid', { id, customer: people[id % people.length], uah: 100 * id }), { times: 10 });
