import { show, sleep } from 'eventarium';
import Redis from 'ioredis';
import { readAs } from './stream';

const redis = new Redis();

/** An SMS costs 0.90 UAH, so only where a customer has to come. What is noted before a crash is not sent again after it. */
await readAs('sms', async function sendSms({ parcel, phone, status }) {
  if (status !== 'у відділенні') return;
  const isNew = await redis.set(`sms:${parcel}`, 'sent', 'EX', 86_400, 'NX');
  if (isNew !== 'OK') return;
  show('spent, UAH', (9 * (await redis.incr('sms:count'))) / 10);
  console.log(`SMS на ${phone}: посилка ${parcel} чекає на вас`);
  // The operator takes its time to confirm.
  await sleep(250);
});
