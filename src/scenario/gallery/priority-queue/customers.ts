import { every } from 'eventarium';
import { openChannel } from './queues';

const channel = await openChannel();

function writeTicket(ticketId: number) {
  const isUrgent = ticketId % 4 === 0;
  const content = Buffer.from(JSON.stringify({ ticketId, isUrgent }));
  for (const queue of ['tickets.plain', 'tickets.by-priority']) {
    channel.sendToQueue(queue, content, { type: 'ticket', priority: isUrgent ? 9 : 0, timestamp: Date.now() });
  }
}

// Four a second for six seconds, and an agent needs half a second for each.
every(250, writeTicket, { times: 24 });
