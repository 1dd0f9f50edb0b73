import { describe, expect, it } from 'vitest';
import { runScenario } from '../../runtime/run-scenario';

/** What a program prints that has a connection, and `failure(action)` for how an action fails. As amqplib 2.3 was seen to print. */
async function printed(body: string): Promise<string[]> {
  const log = await runScenario({
    files: {
      'a.mjs': `
        import amqp from 'amqplib';
        const connection = await amqp.connect('amqp://localhost');
        connection.on('error', (error) => console.log('connection error', error.message));
        connection.on('close', () => console.log('connection closed'));
        const open = async () => {
          const channel = await connection.createChannel();
          channel.on('error', (error) => console.log('channel error', error.code));
          channel.on('close', () => console.log('channel closed'));
          return channel;
        };
        async function failure(action) {
          let promise;
          try {
            promise = action();
          } catch (error) {
            return console.log('throws', error.name + ': ' + error.message);
          }
          try {
            console.log('gives', await promise);
          } catch (error) {
            console.log('rejects', error.name + ': ' + error.message);
          }
        }
        const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        const x = Buffer.from('x');
        ${body}`,
    },
  });
  return log.printed();
}

const wrongText = (field: string): string =>
  `TypeError: Field '${field}' is the wrong type; must be a string (up to 255 chars)`;

describe('a wrong argument', () => {
  it('fails with the words of the codec, and keeps its channel waiting', async () => {
    const lines = await printed(`
      const channel = await open();
      await failure(() => channel.assertQueue(5));
      const next = await Promise.race([channel.assertQueue('q'), sleep(100)]);
      console.log(next);
      for (const action of [
        (c) => c.assertQueue('я'.repeat(128)),
        (c) => c.assertQueue('q', { arguments: 'none' }),
        (c) => c.assertQueue('q', { arguments: { a: () => 1 } }),
        (c) => c.bindQueue('q'),
        (c) => c.bindQueue('q', 'amq.direct', 'k', 'none'),
        (c) => c.cancel(),
        (c) => c.prefetch(70_000),
        (c) => c.consume(3, () => {}),
      ])
        await failure(async () => action(await connection.createChannel()));`);
    expect(lines).toEqual([
      `rejects ${wrongText('queue')}`,
      'undefined',
      `rejects ${wrongText('queue')}`,
      'rejects TypeError: Object prototype may only be an Object or null: none',
      'rejects TypeError: Unknown type to encode: function',
      "rejects Error: Missing value for mandatory field 'exchange'",
      "rejects TypeError: Field 'arguments' is the wrong type; must be an object",
      "rejects Error: Missing value for mandatory field 'consumerTag'",
      'rejects RangeError: The value of "value" is out of range. It must be >= 0 and <= 65535. Received 70000',
      `rejects ${wrongText('queue')}`,
    ]);
  });

  it('of a publish is thrown at once', async () => {
    const lines = await printed(`
      const channel = await open();
      const send = (content, options) => failure(() => channel.sendToQueue('q', content, options));
      await send('text');
      await failure(() => channel.publish(5, 'k', x));
      await failure(() => channel.publish('amq.fanout', null, x));
      await send(x, { type: 5 });
      await send(x, { headers: 'x' });
      await send(x, { expiration: null });
      await send(x, { priority: 300 });
      await send(x, { timestamp: 1.5 });
      await send(x, { headers: { a: { '!': 'weird', value: 1 } } });
      await send(x, { headers: { a: { '!': 'byte', value: 300 } } });
      await send(x, { headers: { a: 'x'.repeat(70_000) } });
      await failure(() => channel.ack({ fields: { deliveryTag: '1' } }));`);
    expect(lines).toEqual([
      'throws TypeError: content is not a buffer',
      `throws ${wrongText('exchange')}`,
      `throws ${wrongText('routingKey')}`,
      `throws ${wrongText('type')}`,
      'throws TypeError: Object prototype may only be an Object or null: x',
      "throws TypeError: Cannot read properties of null (reading 'toString')",
      'throws RangeError: The value of "value" is out of range. It must be >= 0 and <= 255. Received 300',
      'throws RangeError: The number 1.5 cannot be converted to a BigInt because it is not an integer',
      'throws TypeError: Unknown type to encode: weird',
      'throws RangeError: The value of "value" is out of range. It must be >= -128 and <= 127. Received 300',
      'throws RangeError: Encoded field table (headers or arguments) exceeds the 65536 byte encoding buffer',
      "throws TypeError: Field 'deliveryTag' is the wrong type; must be a number (but not NaN)",
    ]);
  });

  it('of a question that waited for its turn ends the connection', async () => {
    const lines = await printed(`
      const channel = await open();
      channel.assertQueue('q');
      channel.assertQueue(5).catch((error) => console.log('second', error.message));`);
    expect(lines).toEqual([
      `connection error ${wrongText('queue').slice('TypeError: '.length)}`,
      'channel closed',
      'connection closed',
      'second Channel ended, no reply will be forthcoming',
    ]);
  });
});

describe('a field table', () => {
  it('arrives with the types that amqplib reads again', async () => {
    const lines = await printed(`
      const channel = await open();
      await channel.assertQueue('q');
      channel.sendToQueue('q', x, { CC: 'other', headers: {
        text: 'é', number: 2.5, zero: -0, big: 2 ** 60, none: null, left: undefined, bytes: Buffer.from([1]), list: [1, [true]], table: { a: {} },
        when: { '!': 'timestamp', value: 5 }, price: { '!': 'decimal', value: { places: 2, digits: 314 } },
        float: { '!': 'float', value: 1.1 }, short: { '!': 'short', value: 3 },
      } });
      await sleep(10);
      const { properties } = await channel.get('q');
      console.log(JSON.stringify(properties.headers), Buffer.isBuffer(properties.headers.bytes), Object.is(properties.headers.zero, 0));`);
    expect(lines).toEqual([
      '{"CC":["other"],"text":"é","number":2.5,"zero":0,"big":1152921504606847000,"none":null,' +
        '"bytes":{"type":"Buffer","data":[1]},"list":[1,[true]],"table":{"a":{}},"when":{"!":"timestamp","value":5},' +
        '"price":{"!":"decimal","value":{"places":2,"digits":314}},"float":1.100000023841858,"short":3} true true',
    ]);
  });
});

describe('a closed channel', () => {
  it('refuses everything, and says what closed it', async () => {
    const lines = await printed(`
      const channel = await open();
      const shown = (action) => {
        try {
          action();
        } catch (error) {
          console.log(error instanceof amqp.IllegalOperationError, error.message, '|', error.stackAtStateChange);
        }
      };
      const closing = channel.close();
      shown(() => channel.sendToQueue('q', x));
      await closing;
      shown(() => channel.sendToQueue('q', 'text'));
      await failure(() => channel.close());
      const other = await open();
      other.publish('nowhere', '', x);
      await failure(() => other.assertQueue('q'));
      shown(() => other.ackAll());
      const third = await open();
      const closed = connection.close();
      shown(() => third.sendToQueue('q', x));
      await closed;
      await failure(() => connection.createChannel());`);
    const notFound =
      "Channel closed by server: 404 (NOT-FOUND) with message \"NOT_FOUND - no exchange 'nowhere' in vhost '/'\"";
    expect(lines).toEqual([
      'true Channel closing | Stack capture: closeBecause called: Goodbye',
      'channel closed',
      'true Channel closed | Stack capture: ChannelCloseOk frame received',
      'rejects IllegalOperationError: Channel closed',
      'channel error 404',
      'channel closed',
      `rejects Error: ${notFound}`,
      `true Channel closed | Stack capture: ${notFound}`,
      'true Connection closing | Stack capture: closeBecause called: Cheers, thanks',
      'channel closed',
      'connection closed',
      'rejects IllegalOperationError: Connection closed (by client)',
    ]);
  });
});

describe('a channel that its user closes while hearing why the server does', () => {
  it('ends the connection', async () => {
    const log = await runScenario({
      files: {
        'a.cjs': `
          require('amqplib/callback_api').connect('amqp://localhost', (_, connection) => {
            connection.on('error', (error) => console.log('connection error', error.message));
            connection.on('close', () => console.log('connection closed'));
            connection.createChannel((_, channel) => {
              channel.on('error', () => console.log('channel error'));
              channel.on('close', () => console.log('channel closed'));
              channel.checkQueue('none', (error) => {
                console.log(error.code);
                channel.close();
              });
            });
          });`,
      },
    });
    expect(log.printed()).toEqual(['404', 'connection error Channel closing', 'channel closed', 'connection closed']);
  });
});

describe('a channel that its user closes once more because of its error', () => {
  it('is none any more for the broker, who ends the connection', async () => {
    const lines = await printed(`
      const channel = await open();
      channel.on('error', () => channel.close());
      await failure(() => channel.checkQueue('none'));
      await sleep(10);`);
    expect(lines).toEqual([
      'channel error 404',
      'channel closed',
      "rejects Error: Operation failed: QueueDeclare; 404 (NOT-FOUND) with message \"NOT_FOUND - no queue 'none' in vhost '/'\"",
      'connection error Connection closed: 504 (CHANNEL-ERROR) with message "CHANNEL_ERROR - expected \'channel.open\'"',
      'connection closed',
    ]);
  });
});

describe('the write buffer', () => {
  it.each([
    [1, 0],
    [2, 2],
    [10, 18],
  ])('of highWaterMark %i takes %i messages and one more', async (highWaterMark, messages) => {
    const lines = await printed(`
      const channel = await connection.createChannel({ highWaterMark: ${highWaterMark} });
      channel.on('drain', () => console.log('drain'));
      let sent = 0;
      while (channel.publish('amq.fanout', '', x)) sent++;
      setImmediate(() => console.log('immediate', sent));`);
    expect(lines).toEqual([`immediate ${messages}`, 'drain']);
  });
});

describe('what the broker refuses', () => {
  it('is named as RabbitMQ 3.10 names it', async () => {
    const lines = await printed(`
      const declared = async (options) => {
        const channel = await connection.createChannel();
        channel.on('error', () => {});
        await channel.assertQueue('q', options).then(() => console.log('ok'), (error) => console.log(error.message.replace(/.* for /, '')));
      };
      await declared({ messageTtl: '5' });
      await declared({ messageTtl: 1e12 });
      await declared({ maxPriority: 256 });
      await declared({ overflow: 'nope' });
      await declared({ deadLetterExchange: 5 });
      await declared({ arguments: { 'x-queue-type': 'rare' } });
      await declared({ arguments: { 'x-delivery-limit': 3 } });
      await declared({ arguments: { 'x-queue-type': 'quorum' }, maxPriority: 3 });
      await declared({});
      await declared({ arguments: { 'x-queue-type': 'quorum' } });
      await declared({ arguments: { 'x-queue-type': 'classic' } });`);
    expect(lines).toEqual([
      `queue 'q' in vhost '/': "expected integer, got longstr""`,
      `queue 'q' in vhost '/': {value_too_large,1000000000000}"`,
      `queue 'q' in vhost '/': {max_value_exceeded,256}"`,
      `queue 'q' in vhost '/': invalid_overflow"`,
      `arg 'x-dead-letter-exchange' in queue 'q' in vhost '/'"`,
      `queue 'q' in vhost '/': "unsupported queue type 'rare'""`,
      `queue 'q' in vhost '/' of queue type rabbit_classic_queue"`,
      `queue 'q' in vhost '/' of queue type rabbit_quorum_queue"`,
      'ok',
      `queue 'q' in vhost '/': received the value 'quorum' of type 'longstr' but current is none"`,
      'ok',
    ]);
  });

  it('an empty name stands for the queue that the channel declared last', async () => {
    const lines = await printed(`
      const channel = await open();
      await channel.assertQueue('last');
      await channel.bindQueue('', 'amq.direct', '');
      channel.publish('amq.direct', 'last', x);
      await sleep(10);
      console.log((await channel.get('')).content.toString(), await channel.deleteQueue(''));
      await failure(() => open().then((other) => other.purgeQueue('')));`);
    expect(lines).toEqual([
      'x { messageCount: 0 }',
      'channel error 404',
      'channel closed',
      'rejects Error: Operation failed: QueuePurge; 404 (NOT-FOUND) with message "NOT_FOUND - no previously declared queue"',
    ]);
  });
});
