import { show, sleep } from 'eventarium';
import { openChannel } from './wiring';

const [, , queue] = process.argv;
const { channel } = await openChannel();
let users = 0;

// From the shared queue it gets only what the email worker did not take: it counts one user of three.
await channel.consume(queue, async function countUser(message) {
  if (!message) return;
  await sleep(500);
  users += 1;
  show('users counted', users);
  console.log(`Users counted: ${users}`);
  channel.ack(message);
});
