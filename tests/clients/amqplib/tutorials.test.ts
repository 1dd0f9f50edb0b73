import { describe, expect, it } from 'vitest';
import { typeProblems } from '../../gallery/check-types';
import { runScenario, type Log } from '../../runtime/run-scenario';

/** The shape of RabbitMQ's six tutorials for JavaScript: a file for each side, with arguments, over the callback API. */

const sending = (body: string): string => `#!/usr/bin/env node
const amqp = require('amqplib/callback_api');

amqp.connect('amqp://localhost', (error0, connection) => {
  if (error0) throw error0;
  connection.createChannel((error1, channel) => {
    if (error1) throw error1;
    ${body}
  });
  setTimeout(() => {
    connection.close();
    process.exit(0);
  }, 500);
});`;

const receiving = (body: string): string => `#!/usr/bin/env node
const amqp = require('amqplib/callback_api');
const args = process.argv.slice(2);

amqp.connect('amqp://localhost', (error0, connection) => {
  if (error0) throw error0;
  connection.createChannel((error1, channel) => {
    if (error1) throw error1;
    ${body}
  });
});`;

const logs = (exchange: string, kind: string, bind: string): string =>
  receiving(`
    channel.assertExchange('${exchange}', '${kind}', { durable: false });
    channel.assertQueue('', { exclusive: true }, (error2, q) => {
      if (error2) throw error2;
      console.log(' [*] Waiting for logs. To exit press CTRL+C');
      ${bind}
      channel.consume(q.queue, (msg) => {
        console.log(" [x] %s:'%s'", msg.fields.routingKey, msg.content.toString());
      }, { noAck: true });
    });`);

const files: Record<string, string> = {
  'send.js': sending(`
    channel.assertQueue('hello', { durable: false });
    channel.sendToQueue('hello', Buffer.from('Hello World!'));
    console.log(' [x] Sent %s', 'Hello World!');`),
  'receive.js': receiving(`
    channel.assertQueue('hello', { durable: false });
    console.log(' [*] Waiting for messages in %s. To exit press CTRL+C', 'hello');
    channel.consume('hello', (msg) => console.log(' [x] Received %s', msg.content.toString()), { noAck: true });`),
  'new_task.js': sending(`
    const msg = process.argv.slice(2).join(' ') || 'Hello World!';
    channel.assertQueue('task_queue', { durable: true });
    channel.sendToQueue('task_queue', Buffer.from(msg), { persistent: true });
    console.log(" [x] Sent '%s'", msg);`),
  'worker.js': receiving(`
    channel.assertQueue('task_queue', { durable: true });
    channel.prefetch(1);
    channel.consume('task_queue', (msg) => {
      const secs = msg.content.toString().split('.').length - 1;
      console.log(' [x] Received %s', msg.content.toString());
      setTimeout(() => {
        console.log(' [x] Done');
        channel.ack(msg);
      }, secs * 1000);
    }, { noAck: false });`),
  'emit_log.js': sending(`
    const msg = process.argv.slice(2).join(' ') || 'Hello World!';
    channel.assertExchange('logs', 'fanout', { durable: false });
    channel.publish('logs', '', Buffer.from(msg));
    console.log(' [x] Sent %s', msg);`),
  'receive_logs.js': logs('logs', 'fanout', `channel.bindQueue(q.queue, 'logs', '');`),
  'emit_log_direct.js': sending(`
    const args = process.argv.slice(2);
    const severity = args.length > 0 ? args[0] : 'info';
    channel.assertExchange('direct_logs', 'direct', { durable: false });
    channel.publish('direct_logs', severity, Buffer.from(args.slice(1).join(' ') || 'Hello World!'));
    console.log(" [x] Sent %s: '%s'", severity, args.slice(1).join(' ') || 'Hello World!');`),
  'receive_logs_direct.js': logs(
    'direct_logs',
    'direct',
    `args.forEach((severity) => channel.bindQueue(q.queue, 'direct_logs', severity));`,
  ),
  'emit_log_topic.js': sending(`
    const [key = 'anonymous.info', ...words] = process.argv.slice(2);
    channel.assertExchange('topic_logs', 'topic', { durable: false });
    channel.publish('topic_logs', key, Buffer.from(words.join(' ') || 'Hello World!'));
    console.log(" [x] Sent %s:'%s'", key, words.join(' ') || 'Hello World!');`),
  'receive_logs_topic.js': logs(
    'topic_logs',
    'topic',
    `args.forEach((key) => channel.bindQueue(q.queue, 'topic_logs', key));`,
  ),
  'rpc_server.js': receiving(`
    channel.assertQueue('rpc_queue', { durable: false });
    channel.prefetch(1);
    console.log(' [x] Awaiting RPC requests');
    channel.consume('rpc_queue', function reply(msg) {
      const n = parseInt(msg.content.toString());
      console.log(' [.] fib(%d)', n);
      channel.sendToQueue(msg.properties.replyTo, Buffer.from(fibonacci(n).toString()), {
        correlationId: msg.properties.correlationId,
      });
      channel.ack(msg);
    });
    function fibonacci(n) {
      return n === 0 || n === 1 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }`),
  'rpc_client.js': receiving(`
    channel.assertQueue('', { exclusive: true }, (error2, q) => {
      if (error2) throw error2;
      const correlationId = generateUuid();
      const num = parseInt(args[0]);
      console.log(' [x] Requesting fib(%d)', num);
      channel.consume(q.queue, (msg) => {
        if (msg.properties.correlationId === correlationId) {
          console.log(' [.] Got %s', msg.content.toString());
          setTimeout(() => {
            connection.close();
            process.exit(0);
          }, 500);
        }
      }, { noAck: true });
      channel.sendToQueue('rpc_queue', Buffer.from(num.toString()), { correlationId, replyTo: q.queue });
    });
    function generateUuid() {
      return Math.random().toString() + Math.random().toString() + Math.random().toString();
    }`),
};

type Started = readonly [name: string, file: string, atMs: number, ...args: string[]];

function run(...processes: readonly Started[]): Promise<Log> {
  return runScenario({
    files,
    processes: processes.map(([name, file, startAtMs, ...args]) => ({ name, file, startAtMs, args })),
    durationMs: 10_000,
    latencyMs: 1,
  });
}

describe('the tutorial', () => {
  it('1, "Hello World!"', async () => {
    const log = await run(['receive', 'receive.js', 0], ['send', 'send.js', 100]);
    expect(log.printed()).toEqual([
      ' [*] Waiting for messages in hello. To exit press CTRL+C',
      ' [x] Sent Hello World!',
      ' [x] Received Hello World!',
    ]);
    expect(log.of('process.exited')).toMatchObject([{ process: 'send', code: 0 }]);
  });

  it('2, work queues', async () => {
    const tasks = ['First.', 'Second..', 'Third...', 'Fourth....'];
    const log = await run(
      ['worker1', 'worker.js', 0],
      ['worker2', 'worker.js', 0],
      ...tasks.map((task, index): Started => [`task${index}`, 'new_task.js', 100 + index * 10, task]),
    );
    expect(log.printed('task1')).toEqual([" [x] Sent 'Second..'"]);
    const [first, third] = [' [x] Received First.', ' [x] Received Third...'];
    expect(log.printed('worker1')).toEqual([first, ' [x] Done', third, ' [x] Done']);
    expect(log.printed('worker2').filter((line) => line.includes('Received'))).toEqual([
      ' [x] Received Second..',
      ' [x] Received Fourth....',
    ]);
  });

  it('3, publish and subscribe', async () => {
    const log = await run(
      ['one', 'receive_logs.js', 0],
      ['two', 'receive_logs.js', 0],
      ['emit', 'emit_log.js', 100, 'to', 'all'],
      ['late', 'receive_logs.js', 300],
    );
    const waiting = ' [*] Waiting for logs. To exit press CTRL+C';
    expect(log.printed('one')).toEqual([waiting, " [x] :'to all'"]);
    expect(log.printed('two')).toEqual([waiting, " [x] :'to all'"]);
    expect(log.printed('late')).toEqual([waiting]);
  });

  it('4, routing', async () => {
    const log = await run(
      ['errors', 'receive_logs_direct.js', 0, 'warning', 'error'],
      ['all', 'receive_logs_direct.js', 0, 'info', 'warning', 'error'],
      ['emit', 'emit_log_direct.js', 100, 'error', 'Run. Run. Or it will explode.'],
      ['emit2', 'emit_log_direct.js', 200],
    );
    expect(log.printed('errors').slice(1)).toEqual([" [x] error:'Run. Run. Or it will explode.'"]);
    expect(log.printed('all').slice(1)).toEqual([
      " [x] error:'Run. Run. Or it will explode.'",
      " [x] info:'Hello World!'",
    ]);
    expect(log.printed('emit')).toEqual([" [x] Sent error: 'Run. Run. Or it will explode.'"]);
  });

  it('5, topics', async () => {
    const log = await run(
      ['kernel', 'receive_logs_topic.js', 0, 'kern.*'],
      ['both', 'receive_logs_topic.js', 0, 'kern.*', '*.critical'],
      ['all', 'receive_logs_topic.js', 0, '#'],
      ['emit', 'emit_log_topic.js', 100, 'kern.critical', 'A critical kernel error'],
      ['emit2', 'emit_log_topic.js', 200, 'cron.critical', 'late'],
    );
    expect(log.printed('kernel').slice(1)).toEqual([" [x] kern.critical:'A critical kernel error'"]);
    const two = [" [x] kern.critical:'A critical kernel error'", " [x] cron.critical:'late'"];
    expect(log.printed('both').slice(1)).toEqual(two);
    expect(log.printed('all').slice(1)).toEqual(two);
  });

  it('6, RPC', async () => {
    const log = await run(['server', 'rpc_server.js', 0], ['client', 'rpc_client.js', 100, '30']);
    expect(log.printed('server')).toEqual([' [x] Awaiting RPC requests', ' [.] fib(30)']);
    expect(log.printed('client')).toEqual([' [x] Requesting fib(30)', ' [.] Got 832040']);
    expect(log.of('process.exited')).toMatchObject([{ process: 'client', code: 0 }]);
  });
});

it('code written against the published types is not red', { timeout: 60_000 }, () => {
  const problems = typeProblems({
    'promise.ts': `
      import amqp, { connect, credentials, IllegalOperationError } from 'amqplib';
      import type { Channel, ChannelModel, ConfirmChannel, ConsumeMessage, GetMessage, Message, MessagePropertyHeaders, Options, Replies, XDeath } from 'amqplib';
      const model: ChannelModel = await connect({ hostname: 'localhost', heartbeat: 10, frameMax: 0 }, { noDelay: true, credentials: credentials.plain('guest', 'guest') });
      const version: string = model.connection.serverProperties.version;
      const channel: Channel = await model.createChannel();
      const confirm: ConfirmChannel = await model.createConfirmChannel();
      const queue: Replies.AssertQueue = await channel.assertQueue('q', { maxPriority: 5, arguments: { 'x-queue-type': 'quorum' } });
      const options: Options.Publish = { persistent: true, expiration: 100, CC: ['a'] };
      const onMessage = (message: ConsumeMessage | null): void => {
        if (!message) return;
        const tag: string = message.fields.consumerTag;
        const headers: MessagePropertyHeaders | undefined = message.properties.headers;
        const death: XDeath | undefined = headers?.['x-death']?.[0];
        const count: number = death?.count ?? 0;
        console.log(tag, count, version, queue.messageCount, headers?.anything);
        channel.ack(message);
      };
      await channel.consume('q', onMessage, { noAck: false, priority: 1 });
      const got: GetMessage | false = await channel.get('q');
      if (got) console.log(got.fields.messageCount);
      confirm.sendToQueue('q', Buffer.from('x'), options, (error, ok) => console.log(error, ok));
      await confirm.waitForConfirms();
      try { channel.ackAll(); } catch (error) { if (error instanceof IllegalOperationError) console.log(error.stackAtStateChange); }
      const all: Message[] = [];
      console.log(all, amqp.credentials.external().mechanism);`,
    'callback.ts': `
      import amqp from 'amqplib/callback_api';
      import type { Channel, Connection, Message, Replies } from 'amqplib/callback_api';
      amqp.connect((error: any, connection: Connection) => {
        connection.createChannel((failure, channel: Channel) => {
          channel.assertQueue('q', { durable: true }, (wrong, ok: Replies.AssertQueue) => console.log(wrong, ok.queue));
          channel.consume('q', (message: Message | null) => message && channel.ack(message), {}, (wrong, ok) => console.log(ok.consumerTag));
          channel.get('q', {}, (wrong, message) => message && console.log(message.content.toString()));
        });
      });`,
  });
  expect(problems).toEqual([]);
});
