import { show, sleep } from 'eventarium';
import { openChannel } from './wiring';

const { connection, channel } = await openChannel();
let registered = 0;

for (const name of ['alice', 'bob', 'charlie']) {
  const event = Buffer.from(JSON.stringify({ type: 'user.registered', email: `${name}@example.com` }));
  channel.sendToQueue('user_events', event);
  channel.publish('users', '', event);
  registered += 1;
  show('users registered', registered);
  console.log(`Registered ${name}@example.com`);
  await sleep(2000);
}

await connection.close();
