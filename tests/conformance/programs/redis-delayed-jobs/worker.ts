import Redis from 'ioredis';

const redis = new Redis();

/** Looks every 50 ms for what is due. Whoever removes a job has it. */
const timer = setInterval(async () => {
  const [job, due] = await redis.zrangebyscore('jobs', 0, Date.now(), 'WITHSCORES', 'LIMIT', 0, 1);
  if (job === undefined || (await redis.zrem('jobs', job)) === 0) return;
  console.log(job, Number(due) <= Date.now());
  if (job !== 'report') return;
  clearInterval(timer);
  console.log('urgent', await redis.bzpopmin('urgent', 'alarms', 2));
  console.log('nothing', await redis.bzpopmax('urgent', 0.1));
  redis.disconnect();
}, 50);
