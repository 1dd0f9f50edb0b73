import { describe, expect, it } from 'vitest';
import { runScenario, type Given } from '../../runtime/run-scenario';

/** What the processes printed, in order of time. */
const printed = async (given: Given): Promise<string[]> => (await runScenario(given)).printed();

const consumer = (body: string): string => `
  const amqp = require('amqplib');
  (async () => {
    const connection = await amqp.connect('amqp://localhost');
    const channel = await connection.createChannel();
    await channel.assertQueue('work');
    ${body}
  })();`;

const producer = (...bodies: string[]): string =>
  consumer(bodies.map((body) => `channel.sendToQueue('work', Buffer.from('${body}'));`).join('\n'));

describe('a consumer', () => {
  it('is crashed, and another one gets what it had not acked', async () => {
    const lines = await printed({
      files: {
        'first.js': consumer(`channel.consume('work', (m) => console.log('first', m.content.toString()));`),
        'second.js': consumer(`channel.consume('work', (m) => {
          console.log('second', m.content.toString(), m.fields.redelivered);
          channel.ack(m);
        });`),
        'producer.js': producer('a'),
      },
      processes: [{ file: 'first.js' }, { file: 'second.js', startAtMs: 200 }, { file: 'producer.js', startAtMs: 100 }],
      interventions: [{ type: 'process.crash', atMs: 300, process: 'first' }],
      durationMs: 1_000,
    });
    expect(lines).toEqual(['first a', 'second a true']);
  });

  it('that throws loses its channel, and is told', async () => {
    const lines = await printed({
      files: {
        'a.js': consumer(`
          channel.on('error', (error) => console.log('error', error.code, error.message));
          channel.on('close', () => console.log('close'));
          channel.consume('work', () => { throw new Error('no'); });
          channel.sendToQueue('work', Buffer.from('x'));
          setTimeout(async () => {
            const other = await connection.createChannel();
            console.log(await other.checkQueue('work'));
            await connection.close();
          }, 500);`),
      },
    });
    expect(lines).toEqual(['error 541 no', 'close', "{ queue: 'work', messageCount: 1, consumerCount: 0 }"]);
  });

  it('is the cause of what it publishes, also after an await', async () => {
    const log = await runScenario({
      files: {
        'worker.js': consumer(`
          await channel.assertQueue('done');
          channel.consume('work', async (m) => {
            await new Promise((resolve) => setTimeout(resolve, 50));
            channel.sendToQueue('done', Buffer.from('done'));
            channel.ack(m);
          });`),
        'producer.js': producer('a', 'b'),
      },
      processes: [{ file: 'worker.js' }, { file: 'producer.js', startAtMs: 100 }],
      durationMs: 1_000,
    });
    const published = log.of('message.published').map(({ message }) => message);
    expect(published.map(({ type, causationid }) => [type, causationid])).toEqual([
      ['work', undefined],
      ['work', undefined],
      ['done', published[0]?.id],
      ['done', published[1]?.id],
    ]);
    expect(log.of('delivery.succeeded').map(({ tookMs }) => tookMs)).toEqual([50, 50]);
    expect(log.of('message.published').map(({ where }) => where)).toContain('worker.js:11');
  });
});

describe('a connection', () => {
  it('is refused where nobody listens, and to whom the broker does not know', async () => {
    const lines = await printed({
      files: {
        'a.mjs': `
          import amqp from 'amqplib';
          for (const url of ['amqp://localhost:1', 'amqp://far.away', 'amqp://me:pw@localhost', 'amqp://localhost/other', 'http://x'])
            await amqp.connect(url).catch((error) => console.log(error.message));`,
      },
    });
    expect(lines).toEqual([
      'connect ECONNREFUSED 127.0.0.1:1',
      'getaddrinfo ENOTFOUND far.away',
      'Handshake terminated by server: 403 (ACCESS-REFUSED) with message "ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For details see the broker logfile."',
      'Expected ConnectionOpenOk; got <ConnectionClose channel:0>',
      'Expected amqp: or amqps: as the protocol; got http:',
    ]);
  });

  it('tells what the broker refuses at the line that asked, and so does the end of the process', async () => {
    const refused = async (body: string): Promise<[string, string | undefined][]> => {
      const log = await runScenario({ files: { 'a.js': consumer(body) } });
      return log.entries
        .filter(({ type }) => type === 'channel.closed' || type === 'process.exited')
        .map(({ type, where }) => [type, where]);
    };
    const line = 'a.js:7';
    expect(await refused(`channel.publish('none', '', Buffer.from('x'));`)).toContainEqual(['channel.closed', line]);
    expect(await refused(`channel.ack({ fields: { deliveryTag: 9 } });`)).toContainEqual(['channel.closed', line]);
    expect(await refused(`await channel.assertQueue('work', { durable: false });`)).toContainEqual([
      'channel.closed',
      line,
    ]);
    expect(await refused(`await amqp.connect('amqp://localhost:1');`)).toEqual([['process.exited', line]]);
  });

  it('loses with its process what was written and not sent', async () => {
    const lines = await printed({
      files: {
        'hasty.js': consumer(`channel.sendToQueue('work', Buffer.from('x')); process.exit();`),
        'late.js': consumer(`console.log(await channel.checkQueue('work')); connection.close();`),
      },
      processes: [{ file: 'hasty.js' }, { file: 'late.js', startAtMs: 100 }],
    });
    expect(lines).toEqual(["{ queue: 'work', messageCount: 0, consumerCount: 0 }"]);
  });

  it('sends the first of many alone and the rest together, unless it is told not to wait', async () => {
    const arrivals = async (options: string): Promise<(number | undefined)[]> => {
      const body = `for (let n = 0; n < 200; n++) channel.sendToQueue('work', Buffer.from('x'));
        setTimeout(() => channel.sendToQueue('work', Buffer.from('later')), 100);`;
      const source = consumer(body).replace("'amqp://localhost'", `'amqp://localhost', ${options}`);
      const log = await runScenario({ files: { 'a.js': source }, durationMs: 1_000 });
      return [...new Set(log.of('message.published').map(({ arrivesAtMs }) => arrivesAtMs))];
    };
    expect(await arrivals('{}')).toEqual([0, 40, 100]);
    expect(await arrivals('{ noDelay: true }')).toEqual([0, 100]);
  });

  it('delays what the link loses, and loses none of it', async () => {
    const lines = await printed({
      files: {
        'reader.js': consumer(`channel.consume('work', (m) => console.log(m.content.toString()), { noAck: true });`),
        'writer.js': producer('a', 'b', 'c', 'd', 'e', 'f'),
      },
      network: { default: { latencyMs: 5, jitterMs: 3, loss: 0.5, cut: false } },
    });
    expect(lines).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('waits for a link that is cut, and is given up when that takes too long', async () => {
    const given = (backAtMs: number): Given => ({
      files: {
        'reader.js': consumer(`
          connection.on('error', (error) => console.log(error.message));
          channel.consume('work', (m) => console.log(m.content.toString()), { noAck: true });`),
        'writer.js': producer('a'),
      },
      processes: [{ file: 'reader.js' }, { file: 'writer.js', startAtMs: 2_000 }],
      interventions: [
        { type: 'link.change', atMs: 1_000, from: 'rabbitmq', to: 'reader', link: { cut: true } },
        { type: 'link.change', atMs: backAtMs, from: 'rabbitmq', to: 'reader', link: { cut: false } },
      ],
      durationMs: 400_000,
    });
    expect(await printed(given(5_000))).toEqual(['a']);
    expect(await printed(given(300_000))).toEqual(['Heartbeat timeout']);
  });

  it.each([
    [5, ['Heartbeat timeout', 'closed after 10 s']],
    [0, []],
  ])('is given up after two heartbeats of %i s, though nothing is sent', async (heartbeat, lines) => {
    const cut = { type: 'link.change', atMs: 1_000, from: 'rabbitmq', to: 'idle', link: { cut: true } } as const;
    const idle = `
      require('amqplib').connect('amqp://localhost?heartbeat=${heartbeat}').then((connection) => {
        connection.on('error', (error) => console.log(error.message));
        connection.on('close', () => console.log('closed after', Math.round(process.uptime()) - 1, 's'));
      });`;
    expect(await printed({ files: { 'idle.js': idle }, interventions: [cut], durationMs: 200_000 })).toEqual(lines);
  });
});

describe('a channel', () => {
  it('says when too much waits to be sent, and when to go on', async () => {
    const lines = await printed({
      files: {
        'a.js': consumer(`
          channel.on('drain', () => { console.log('drain'); connection.close(); });
          let sent = 0;
          do sent++; while (channel.sendToQueue('work', Buffer.from('x')));
          console.log(sent > 1000 && sent < 10000);`),
      },
    });
    expect(lines).toEqual(['true', 'drain']);
  });

  it.each([
    ['channel.publish("x", "k", "text")', 'TypeError: content is not a buffer'],
    [
      'channel.sendToQueue(5, Buffer.from("x"))',
      "TypeError: Field 'routingKey' is the wrong type; must be a string (up to 255 chars)",
    ],
    [
      'channel.sendToQueue("work", Buffer.from("x"), { headers: { f() {} } })',
      'TypeError: Unknown type to encode: function',
    ],
    [
      'await channel.assertQueue("work", { arguments: { "x-expires": "soon" } })',
      "406 PRECONDITION_FAILED - inequivalent arg 'x-expires' for queue 'work' in vhost '/': received the value 'soon' of type 'longstr' but current is none",
    ],
    ['await channel.assertExchange("e", "odd")', "503 COMMAND_INVALID - unknown exchange type 'odd'"],
    ['await channel.close(); channel.sendToQueue("work", Buffer.from("x"))', 'IllegalOperationError: Channel closed'],
    [
      'await connection.close(); await connection.createChannel()',
      'IllegalOperationError: Connection closed (by client)',
    ],
  ])('refuses %s', async (statement, refusal) => {
    const [line = ''] = await printed({
      files: {
        'a.js': consumer(`
          for (const one of [connection, channel]) one.on('error', () => undefined);
          connection.on('close', (error) => error && console.log(error.message));
          try { ${statement}; } catch (error) { console.log(String(error)); }`),
      },
      durationMs: 1_000,
    });
    expect(line).toContain(refusal.replace(/^\d+ /, ''));
  });

  it('calls back in the callback API, in the place that its argument has', async () => {
    const lines = await printed({
      files: {
        'a.js': `
          require('amqplib/callback_api').connect('amqp://localhost', (error, connection) => {
            connection.createConfirmChannel((error, channel) => {
              channel.assertQueue('', { exclusive: true }, (error, { queue }) => {
                console.log(error, /^amq\\.gen-.{22}$/.test(queue));
                channel.sendToQueue(queue, Buffer.from('x'), {}, (error) => {
                  console.log('confirmed', error);
                  channel.get(queue, { noAck: true }, (error, message) => {
                    console.log(message.content.toString());
                    connection.close(() => console.log('closed'));
                  });
                });
              });
            });
          });`,
      },
    });
    expect(lines).toEqual(['null true', 'confirmed null', 'x', 'closed']);
  });
});
