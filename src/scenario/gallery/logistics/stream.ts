import Redis from 'ioredis';
import type { Scan } from './parcel';

export const key = 'deliveries';

export async function upload(redis: Redis, scan: Scan) {
  await redis.xadd(key, '*', 'scan', JSON.stringify(scan));
}

/** Reads the stream as a group that remembers how far it is: what was given and never acknowledged first, then what is new. */
export async function readAs(group: string, handle: (scan: Scan, id: string) => unknown) {
  const redis = new Redis();
  await redis.xgroup('CREATE', key, group, '0', 'MKSTREAM').catch(() => undefined);
  for (let from = '0'; ;) {
    const found = await redis.xreadgroup(
      ...(['GROUP', group, group, 'COUNT', 5, 'BLOCK', 0, 'STREAMS', key, from] as const),
    );
    const entries = found?.[0][1] ?? [];
    if (entries.length === 0) from = '>';
    for (const [id, [, text]] of entries) {
      await handle(JSON.parse(text), id);
      await redis.xack(key, group, id);
    }
  }
}
