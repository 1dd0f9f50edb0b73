import { eventBus, sleep } from 'eventarium';

const bus = eventBus('jobs');
bus.subscribe('job.*', async function work(event, { attempt }) {
  await sleep(80);
  if (event.data.n % 5 === 0) throw new Error(`job ${event.data.n}, attempt ${attempt}`);
  if (event.data.n % 7 === 0) await sleep(10_000);
}, { queue: 'work', prefetch: 2, retry: { attempts: 3, backoff: 'exponential', initialMs: 50, jitter: 'full' }, timeoutMs: 500, deadLetter: true });
process.on('SIGTERM', () => {
  console.log('stopping');
  process.exit(0);
});
