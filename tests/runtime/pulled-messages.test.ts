import { describe, expect, it } from 'vitest';
import { runScenario, type Given, type Log } from './run-scenario';

const connected = `
  import Redis from 'ioredis';
  const redis = new Redis();
  const ids = ['a', 'b', 'c', 'd'];
  const read = (stream, count) =>
    redis.xreadgroup('GROUP', 'g', 'one', 'COUNT', count, 'BLOCK', 200, 'STREAMS', stream, '>');
  await redis.xgroup('CREATE', 'orders', 'g', '0', 'MKSTREAM').catch(() => {});
  await redis.xgroup('CREATE', 'refunds', 'g', '0', 'MKSTREAM').catch(() => {});
`;

const shop = `${connected}
  for (const id of ids) {
    await redis.xadd('orders', '*', 'id', id);
    await redis.xadd('refunds', '*', 'id', id.toUpperCase());
  }
  redis.disconnect();`;

/** What a worker printed, each time with what the message says that it was printed because of. */
async function printed(worker: string, given?: Partial<Given>): Promise<string[]> {
  const log = await runScenario({
    files: { 'shop.mjs': shop, 'worker.mjs': `${connected}${worker}` },
    processes: [{ file: 'shop.mjs' }, { file: 'worker.mjs', startAtMs: 100 }],
    durationMs: 5_000,
    latencyMs: 1,
    ...given,
  });
  return told(log, 'worker');
}

function told(log: Log, process: string): string[] {
  const messages = new Map(log.of('message.published').map(({ message }) => [message.id, message]));
  const started = new Map(log.of('delivery.started').map(({ seq, message }) => [seq, messages.get(message)]));
  return log
    .of('console.printed')
    .filter((entry) => entry.process === process)
    .map(({ text, cause }) => `${text.trim()} because of ${contentOf(started.get(cause ?? -1)?.data) ?? 'the start'}`);
}

/** The id that stands in the fields of an entry of a stream, or in a text. */
function contentOf(data: unknown): string | undefined {
  return data === undefined ? undefined : /"([a-dA-D])\\?"/.exec(JSON.stringify(data))?.[1];
}

describe('what is done with a message that was asked for is caused by it', () => {
  it('where one at a time is read, from the answer on', async () => {
    expect(
      await printed(`
        for (let n = 0; n < 2; n++) {
          const [[, [[id, [, order]]]]] = await read('orders', 1);
          console.log(order);
          await new Promise((resolve) => setTimeout(resolve, 10));
          console.log(order);
        }
        process.exit();`),
    ).toEqual(['a because of a', 'a because of a', 'b because of b', 'b because of b']);
  });

  it('in a loop over several, turn by turn, and no longer after it', async () => {
    expect(
      await printed(`
        const [[, entries]] = await read('orders', 3);
        console.log('all');
        for (const [id, [, order]] of entries) {
          if (order === 'b') continue;
          await redis.xack('orders', 'g', id);
          console.log(order);
        }
        console.log('done');
        process.exit();`),
    ).toEqual(['all because of the start', 'a because of a', 'c because of c', 'done because of the start']);
  });

  it('in functions that are given one of several, all at once', async () => {
    expect(
      await printed(`
        async function handle([id, fields]) {
          await redis.xack('orders', 'g', id);
          console.log(fields[1]);
        }
        const [[, entries]] = await read('orders', 3);
        await Promise.all(entries.map(handle));
        console.log('done');
        process.exit();`),
    ).toEqual(['a because of a', 'b because of b', 'c because of c', 'done because of the start']);
  });

  it('in callbacks of promises, and in those of the client', async () => {
    expect(
      await printed(`
        await read('orders', 1).then(([[, [[id, [, order]]]]]) => console.log(order));
        redis.xreadgroup('GROUP', 'g', 'one', 'COUNT', 1, 'STREAMS', 'orders', '>', (error, [[, [[id, [, order]]]]]) => {
          console.log(order);
          process.exit();
        });`),
    ).toEqual(['a because of a', 'b because of b']);
  });

  it('in each of two loops that take turns', async () => {
    expect(
      await printed(`
        async function follow(stream) {
          for (let n = 0; n < 2; n++) {
            const [[, [[id, [, order]]]]] = await read(stream, 1);
            await new Promise((resolve) => setTimeout(resolve, 7));
            console.log(order);
          }
        }
        await Promise.all([follow('orders'), follow('refunds')]);
        process.exit();`),
    ).toEqual(['a because of a', 'A because of A', 'b because of b', 'B because of B']);
  });

  it('with amqplib, where a queue is asked', async () => {
    const log = await runScenario({
      files: {
        'worker.mjs': `
          import amqp from 'amqplib';
          const connection = await amqp.connect('amqp://localhost');
          const channel = await connection.createChannel();
          const { queue } = await channel.assertQueue('orders');
          for (const id of ['a', 'b']) channel.sendToQueue(queue, Buffer.from(JSON.stringify({ id })));
          for (let got = await channel.get(queue); got; got = await channel.get(queue)) {
            await new Promise((resolve) => setTimeout(resolve, 10));
            console.log(JSON.parse(got.content).id);
            channel.ack(got);
          }
          await connection.close();`,
      },
      latencyMs: 1,
    });
    expect(told(log, 'worker')).toEqual(['a because of a', 'b because of b']);
  });

  it('in a loop whose body declares the name again, or is no block', async () => {
    expect(
      await printed(`
        const [[, entries]] = await read('orders', 2);
        for (const entry of entries) {
          const entry = 'mine';
          console.log(entry);
        }
        for (const [id] of entries) await null, console.log('short');
        process.exit();`),
    ).toEqual(['mine because of a', 'mine because of b', 'short because of a', 'short because of b']);
  });
});
