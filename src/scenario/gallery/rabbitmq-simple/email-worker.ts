import { show, sleep } from 'eventarium';
import { openChannel } from './wiring';

// The code is the same in both wirings; only the queue differs.
const [, , queue] = process.argv;
const { channel } = await openChannel();
let sent = 0;

await channel.consume(queue, async function sendEmail(message) {
  if (!message) return;
  const { email } = JSON.parse(message.content.toString());
  await sleep(1000);
  sent += 1;
  show('emails sent', sent);
  console.log(`Welcome email to ${email}`);
  channel.ack(message);
});
