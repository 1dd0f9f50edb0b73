import { eventBus, every } from 'eventarium';

const people = ['Олена', 'Тарас', 'Марія', 'Іван', 'Софія'];
const bus = eventBus('exchange');

every(500, (id) => bus.emit('euros.wanted', { id, customer: people[id % 5], eur: 20 * id, at: Date.now() }), {
  times: 15,
});
