import { invariant, show } from 'eventarium';
import Redis from 'ioredis';
import { type Scan, statuses } from './parcel';
import { readAs } from './stream';

const redis = new Redis();
const latest = new Map<string, Scan>();
let late = 0;
let backwards = 0;

invariant('no parcel goes backwards', () => backwards === 0);

/** What was scanned before the status on show is history, whenever it comes. */
await readAs('tracking', async function track(scan) {
  const before = latest.get(scan.parcel);
  if (before && scan.scannedAtMs < before.scannedAtMs) {
    late += 1;
    show('came late', late);
    return;
  }
  if (before && statuses.indexOf(scan.status) < statuses.indexOf(before.status)) backwards += 1;
  latest.set(scan.parcel, scan);
  await redis.publish('parcels', JSON.stringify(scan));
});
