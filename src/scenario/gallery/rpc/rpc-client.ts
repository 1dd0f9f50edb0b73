import amqp from 'amqplib';
import { show } from 'eventarium';
import { randomUUID } from 'node:crypto';

const connection = await amqp.connect('amqp://localhost');
const channel = await connection.createChannel();
// Only for this connection, and gone with it.
const { queue: replyTo } = await channel.assertQueue('', { exclusive: true });
const waiting = new Map<string, (reply: any) => void>();
const questions = { answered: 0, timedOut: 0, tooLate: 0 };

await channel.consume(
  replyTo,
  function takeReply(message) {
    const resolve = waiting.get(message?.properties.correlationId);
    if (resolve) questions.answered += 1;
    else questions.tooLate += 1;
    show('questions', questions);
    resolve?.(JSON.parse(message!.content.toString()));
  },
  { noAck: true },
);

/** Asks over a queue, and gives up after a while: no error comes when nobody is there to answer. */
export function ask(queue: string, question: unknown, timeoutMs: number) {
  const correlationId = randomUUID();
  channel.sendToQueue(queue, Buffer.from(JSON.stringify(question)), { correlationId, replyTo });
  return new Promise<any>((resolve, reject) => {
    waiting.set(correlationId, resolve);
    setTimeout(() => {
      if (!waiting.has(correlationId)) return;
      questions.timedOut += 1;
      show('questions', questions);
      reject(new Error(`no reply within ${timeoutMs} ms`));
    }, timeoutMs);
  }).finally(() => waiting.delete(correlationId));
}
