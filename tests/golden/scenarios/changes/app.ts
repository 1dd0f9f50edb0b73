import { eventBus, every, sleep } from 'eventarium';
import { add } from './sum';

const bus = eventBus('list', { mode: 'queue', workers: 1 });
let sum = 0;
bus.subscribe('n', async (event) => {
  await sleep(70);
  sum = add(sum, event.data);
});
bus.subscribe('n', (event) => console.log('got', event.data, sum));
every(50, (n) => bus.emit('n', n));
