import { show } from 'eventarium';
import { openChannel } from './queues';

const channel = await openChannel();
let putAside = 0;

await channel.consume('orders.dead', function lookAt(message) {
  if (!message) return;
  const [death] = message.properties.headers?.['x-death'] ?? [];
  putAside += 1;
  show('orders put aside', putAside);
  console.log(`From ${death?.queue}, ${death?.reason}: ${message.content.toString()}`);
  channel.ack(message);
});
