import { show } from 'eventarium';
import Redis from 'ioredis';

const redis = new Redis();
const pages: Record<string, string> = {};

/** The page that a customer has open: it hears what is published while it is open, and nothing of before. */
redis.on('pmessage', function refresh(_pattern, channel, status) {
  pages[channel.replace('parcel:', '')] = status;
  show('on the site', pages);
});

await redis.psubscribe('parcel:*');
