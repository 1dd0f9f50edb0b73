import { every, sleep, store } from 'eventarium';
import Redis from 'ioredis';
import { type Scan, statuses } from './parcel';
import { upload } from './stream';

const redis = new Redis();
/** How many scans each parcel has had: whoever starts again goes on from there. */
const scans = store().table<number>('parcels');

/** Most scans are uploaded at once. One in five is made where there is no coverage, and waits for it. */
async function scan(parcel: string, phone: string, status: Scan['status']) {
  const made: Scan = { parcel, phone, status, scannedAtMs: Date.now() };
  if (Math.random() < 0.2) await sleep(3_000 + 5_000 * Math.random());
  await upload(redis, made);
}

async function carry(n: number) {
  const parcel = `2045-${String(n).padStart(4, '0')}`;
  const phone = `+380 67 555 0${100 + n}`;
  for (const status of statuses.slice(scans.get(n) ?? 0)) {
    void scan(parcel, phone, status);
    scans.put(n, statuses.indexOf(status) + 1);
    await sleep(1_500 + 2_500 * Math.random());
  }
}

for (const n of scans.keys()) void carry(Number(n));
every(1_500, () => void carry(scans.keys().length + 1), { times: 25 - scans.keys().length });
