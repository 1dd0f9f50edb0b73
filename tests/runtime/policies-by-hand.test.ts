import { describe, expect, it } from 'vitest';
import type { Intervention, PolicyRule } from '../../src/log/entry';
import { runScenario } from './run-scenario';

const files = {
  'shop.js': `const amqp = require('amqplib');
(async () => {
  const connection = await amqp.connect('amqp://localhost');
  const channel = await connection.createChannel();
  await channel.assertQueue('orders.new');
  await channel.assertQueue('graveyard');
  let n = 0;
  setInterval(() => channel.sendToQueue('orders.new', Buffer.from(String(++n))), 1_000);
})();`,
};
const processes = [{ file: 'shop.js' }];
const rule = (definition: PolicyRule['definition'], more: Partial<PolicyRule> = {}): PolicyRule => ({
  pattern: '^orders',
  'apply-to': 'queues',
  priority: 0,
  definition,
  ...more,
});
const set = (atMs: number, policy: PolicyRule, name = 'short'): Intervention => ({
  type: 'policy.set',
  atMs,
  broker: 'rabbitmq',
  name,
  policy,
});
const clear = (atMs: number, name = 'short'): Intervention => ({
  type: 'policy.clear',
  atMs,
  broker: 'rabbitmq',
  name,
});
const run = (...interventions: Intervention[]) => runScenario({ files, processes, durationMs: 9_500, interventions });

describe('a policy that is set in a run', () => {
  it('counts at once for queues that are there, and no more once it is removed', async () => {
    const log = await run(set(4_500, rule({ 'max-length': 2 })), clear(6_500));
    expect(log.of('message.dropped').map(({ atMs, reason }) => [Math.round(atMs / 1_000), reason])).toEqual([
      [5, 'maxlen'],
      [5, 'maxlen'],
      [5, 'maxlen'],
      [6, 'maxlen'],
    ]);
    expect(log.of('policy.set').map(({ name }) => name)).toEqual(['short']);
    expect(log.of('policy.cleared').map(({ name }) => name)).toEqual(['short']);
  });

  it('replaces the one of its name, and of several the one with the highest priority counts', async () => {
    const log = await run(
      set(3_500, rule({ 'max-length': 1 })),
      set(3_600, rule({ 'dead-letter-exchange': '', 'dead-letter-routing-key': 'graveyard', 'max-length': 3 })),
      set(3_700, rule({ 'max-length': 50 }, { priority: -1 }), 'long'),
    );
    expect(log.of('message.dropped').length).toBe(2);
    expect(log.of('message.dead-lettered').map(({ queue, reason }) => [queue, reason])).toEqual(
      Array.from({ length: 4 }, () => ['graveyard', 'maxlen']),
    );
  });

  it('is refused with what is wrong with it', async () => {
    const log = await run(
      clear(1_000),
      set(1_000, rule({ 'message-tl': 5 })),
      set(1_000, rule({ 'message-ttl': -5 })),
      set(1_000, rule({ overflow: 'reject' })),
      set(1_000, rule({ expires: 0 })),
      set(1_000, rule({})),
      set(1_000, rule({ 'max-length': 5 }, { pattern: '(' })),
      { ...set(1_000, rule({ 'max-length': 5 })), broker: 'redis' } as Intervention,
    );
    expect(log.of('intervention.refused').map(({ reason }) => reason)).toEqual([
      'There is no policy short.',
      'message-tl are not recognised policy settings.',
      '-5 is not a valid message-ttl.',
      '"reject" is not a valid overflow.',
      '0 is not a valid expires.',
      'A policy needs at least one setting.',
      '( is not a regular expression.',
      'There is no broker redis.',
    ]);
  });
});
