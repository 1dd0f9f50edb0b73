import Redis from 'ioredis';

const redis = new Redis();
const due = (afterMs: number) => Date.now() + afterMs;

console.log('planned', await redis.zadd('jobs', due(900), 'report', due(300), 'mail', due(600), 'sms'));
console.log('planned again', await redis.zadd('jobs', 'NX', due(0), 'report'), await redis.zadd('jobs', 'XX', 'CH', due(0), 'fax'));
console.log('waiting', await redis.zcard('jobs'), await redis.zrange('jobs', 0, -1));
console.log('which', await redis.zrank('jobs', 'sms'), await redis.zrevrank('jobs', 'sms'), await redis.zrank('jobs', 'fax'));

const scores = 'scores';
console.log(await redis.zadd(scores, 1.5, 'tea', 2, 'cup', 2, 'pot', '-inf', 'none'));
console.log(await redis.zincrby(scores, 0.1, 'tea'), await redis.zscore(scores, 'tea'), await redis.zscore(scores, 'mug'));
console.log(await redis.zadd(scores, 'GT', 'INCR', -1, 'cup'), await redis.zmscore(scores, 'cup', 'mug', 'none'));
console.log(await redis.zrange(scores, 0, -1, 'WITHSCORES'));
console.log(await redis.zrangebyscore(scores, '(1.5', '+inf', 'WITHSCORES', 'LIMIT', 1, 1));
console.log(await redis.zrange(scores, '+inf', '(-inf', 'BYSCORE', 'REV'));
console.log(await redis.zcount(scores, '-inf', 2), await redis.zremrangebyscore(scores, '-inf', '(0'));
console.log(await redis.zunion(2, scores, scores, 'WEIGHTS', 1, 10, 'WITHSCORES'));
console.log(await redis.zrangestore('best', scores, 0, 0, 'REV'), await redis.zpopmax('best', 5), await redis.exists('best'));
await redis.zadd(scores, 'soon', 'tea').catch((error: Error) => console.log(error.name, error.message));
await redis.sadd(scores, 'tea').catch((error: Error) => console.log(error.message));
console.log(await redis.type(scores), await redis.zscan(scores, 0));

setTimeout(async () => {
  console.log('left', await redis.zrange('jobs', 0, -1));
  await redis.zadd('urgent', 1, 'alarm');
  await redis.quit();
}, 1_500);
