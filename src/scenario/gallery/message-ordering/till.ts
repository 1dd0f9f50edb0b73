import { eventBus, every } from 'eventarium';

const people = ['Олена', 'Тарас', 'Марія', 'Іван', 'Софія'];
const bus = eventBus('accounts');

// Each customer puts 500 UAH in, and right after that pays 300. The last word of the event's name is the customer's shard.
every(
  300,
  (n) => {
    const who = n % people.length;
    bus.emit(`money.${who % 3}`, { customer: people[who], version: 2 * Math.ceil(n / 5) - 1, uah: 500 });
    bus.emit(`money.${who % 3}`, { customer: people[who], version: 2 * Math.ceil(n / 5), uah: -300 });
  },
  { times: 25 },
);
