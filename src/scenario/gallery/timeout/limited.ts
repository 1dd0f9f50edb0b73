import { fallback, handleAll, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import { eventBus } from 'eventarium';
import { countServed } from './served';

const bus = eventBus('exchange');
const line = countServed();
const yesterday = { uahPerEur: 48.1 };
const policy = wrap(fallback(handleAll, yesterday), timeout(300, TimeoutStrategy.Aggressive));

bus.subscribe('euros.wanted', function come({ data }) {
  line.come(data.id, data.at);
});

bus.subscribe(
  'euros.wanted',
  async function limited({ data }) {
    const rate = await policy.execute(async ({ signal }) => {
      const answer = await fetch('http://rates:7003/rate/limited', { signal });
      return answer.json();
    });
    console.log(`${data.eur} EUR for ${Math.round(data.eur * rate.uahPerEur)} UAH`);
    line.serve(data.id);
  },
  { queue: 'limited' },
);
