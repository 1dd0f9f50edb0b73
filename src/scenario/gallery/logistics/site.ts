import { show } from 'eventarium';
import Redis from 'ioredis';
import type { Scan } from './parcel';

const redis = new Redis();
const pages: Record<string, string> = {};

/** The page that a customer has open: it hears what is published while it is open, and nothing of before. */
redis.on('message', function refresh(_channel, text) {
  const { parcel, status }: Scan = JSON.parse(text);
  pages[parcel] = status;
  show('on the site', pages);
});

await redis.subscribe('parcels');
