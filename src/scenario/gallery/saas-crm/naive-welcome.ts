import { type Customer, letters } from './customer';
import { openQueue } from './wiring';

const channel = await openQueue('naive-welcome', 'customer.registered');

/** The plan for the week is a timer of this process, and gone with it. */
await channel.consume('naive-welcome', function planLetters(message) {
  if (!message) return;
  const { id, company }: Customer = JSON.parse(message.content.toString());
  for (const { subject, afterMs } of letters) {
    setTimeout(() => {
      console.log(`${company}, лист: ${subject}`);
      const letter = { by: 'naive-welcome', to: id, subject };
      channel.publish('customers', 'letter.sent', Buffer.from(JSON.stringify(letter)));
    }, afterMs);
  }
  channel.ack(message);
});
