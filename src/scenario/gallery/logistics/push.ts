import { show, sleep } from 'eventarium';
import { readAs } from './stream';

let sent = 0;

await readAs('push', async function sendPush({ parcel, status }) {
  await sleep(30);
  sent += 1;
  show('sent', sent);
  console.log(`${parcel}: ${status}`);
});
