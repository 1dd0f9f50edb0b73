import { eventBus, every, store } from 'eventarium';

const people = ['Олена', 'Тарас', 'Марія', 'Іван', 'Софія'];
const bus = eventBus('accounts');
/** Who has been here: a till that starts again goes on from there. */
const visits = store().table<string>('visits');

// Each customer puts 500 UAH in, and right after that pays 300. The last word of the event's name is the customer's shard.
every(
  300,
  () => {
    const n = visits.keys().length + 1;
    const who = n % people.length;
    visits.put(n, people[who]);
    bus.emit(`money.${who % 3}`, { customer: people[who], version: 2 * Math.ceil(n / 5) - 1, uah: 500 });
    bus.emit(`money.${who % 3}`, { customer: people[who], version: 2 * Math.ceil(n / 5), uah: -300 });
  },
  { times: 25 - visits.keys().length },
);
