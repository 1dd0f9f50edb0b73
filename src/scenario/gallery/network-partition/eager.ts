import amqp from 'amqplib';
import { store } from 'eventarium';
import { deskAt, seats } from './cities';
import { openDesk } from './desk';

const city = process.argv[2];
const sold = store().table<true>('sold');

// What the others have sold is heard of afterwards: at once as a rule, and when the network has healed otherwise.
async function hearOfSales() {
  const connection = await amqp.connect('amqp://localhost');
  const channel = await connection.createChannel();
  await channel.assertExchange('sales', 'fanout');
  const { queue } = await channel.assertQueue(`sales.${city}`);
  await channel.bindQueue(queue, 'sales', '');
  await channel.consume(queue, function seatSold(message) {
    if (!message) return;
    sold.put(JSON.parse(message.content.toString()).seat, true);
    channel.ack(message);
  });
  return channel;
}
const hearing = hearOfSales();

// Sells from its own copy, even before it is connected: somebody is always served, whatever the network does.
openDesk(deskAt('eager', city).port, async () => {
  const seat = seats.find((each) => !sold.get(each));
  if (seat === undefined) return undefined;
  sold.put(seat, true);
  void hearing.then((channel) => channel.publish('sales', 'seat.sold', Buffer.from(JSON.stringify({ seat, city }))));
  return seat;
});
