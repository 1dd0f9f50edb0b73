import { eventBus, invariant, show } from 'eventarium';

const fetches = process.argv[2] === 'fetches';
const bus = eventBus('clinic');
const carried = { 'inside messages, kB': 0, 'by claim, kB': 0 };
invariant(
  'whole scans stay under 100 kB',
  () => carried['inside messages, kB'] <= 100 || `${carried['inside messages, kB']} kB`,
);

bus.subscribe('scan.whole', function whole(event) {
  carried['inside messages, kB'] += Math.round(JSON.stringify(event.data).length / 1000);
  show('carried', carried);
});

bus.subscribe('scan.claimed', async function claimed(event) {
  // Only the doctor looks at the scan itself.
  const scan = fetches ? await (await fetch(event.data.scanAt)).text() : '';
  carried['by claim, kB'] += Math.round((JSON.stringify(event.data).length + scan.length) / 1000);
  show('carried', carried);
});
