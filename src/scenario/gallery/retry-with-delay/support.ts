import { show } from 'eventarium';
import { openChannel } from './queues';

// The last station: here a person looks at what no further attempt would mend.
const channel = await openChannel();
let calls = 0;

await channel.consume('payments.dead', function callCustomer(message) {
  if (!message) return;
  const { paymentId } = JSON.parse(message.content.toString());
  const { attempt, error } = message.properties.headers ?? {};
  calls += 1;
  show('customers to call', calls);
  console.log(`Payment ${paymentId}: given up after attempt ${attempt}, ${error}`);
  channel.ack(message);
});
