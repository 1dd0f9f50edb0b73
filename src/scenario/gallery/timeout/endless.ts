import { eventBus } from 'eventarium';
import { countServed } from './served';

const bus = eventBus('exchange');
const line = countServed();

bus.subscribe('euros.wanted', function come({ data }) {
  line.come(data.id, data.at);
});

// One customer after another: who waits for an answer that never comes holds up all the others.
bus.subscribe(
  'euros.wanted',
  async function endless({ data }) {
    await fetch('http://rates:7003/rate/endless');
    line.serve(data.id);
  },
  { queue: 'endless' },
);
