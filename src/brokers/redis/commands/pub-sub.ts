import { at, atLeast, exactly, noReply, wrongSubcommand, type Call, type Command } from '../command';
import type { SubscriptionSpace } from '../pub-sub';
import { RedisError } from '../redis-error';

export const pubSubCommands: Readonly<Record<string, Command>> = {
  subscribe: atLeast(1, (call) => subscribe(call, 'channel')),
  psubscribe: atLeast(1, (call) => subscribe(call, 'pattern')),
  ssubscribe: atLeast(1, (call) => subscribe(call, 'shard')),
  unsubscribe: atLeast(0, (call) => unsubscribe(call, 'channel')),
  punsubscribe: atLeast(0, (call) => unsubscribe(call, 'pattern')),
  sunsubscribe: atLeast(0, (call) => unsubscribe(call, 'shard')),
  publish: exactly(2, (call) => publish(call, 'channel')),
  spublish: exactly(2, (call) => publish(call, 'shard')),
  'pubsub|channels': atLeast(0, (call) => channels(call, 'channel')),
  'pubsub|shardchannels': atLeast(0, (call) => channels(call, 'shard')),
  'pubsub|numsub': atLeast(0, (call) => subscriberCounts(call, 'channel')),
  'pubsub|shardnumsub': atLeast(0, (call) => subscriberCounts(call, 'shard')),
  'pubsub|numpat': exactly(0, ({ host }) => host.pubSub.patternCount),
};

function subscribe({ args, session, request, cause, mayBlock }: Call, space: SubscriptionSpace): typeof noReply {
  if (space === 'shard' && !mayBlock) throw new RedisError("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
  for (const name of args) session.subscribe(space, name, request, cause);
  return noReply;
}

function unsubscribe({ args, session, cause }: Call, space: SubscriptionSpace): typeof noReply {
  if (args.length === 0) session.unsubscribeAll(space, cause);
  for (const name of args) session.unsubscribe(space, name, cause);
  return noReply;
}

function publish({ args, host, message, cause }: Call, space: 'channel' | 'shard'): number {
  return host.pubSub.publish(space, { channel: at(args, 0), body: at(args, 1), message }, cause);
}

function channels(call: Call, space: 'channel' | 'shard'): string[] {
  const { host, args } = call;
  if (args.length > 1) throw wrongSubcommand(call);
  return host.pubSub.channels(space, args[0]);
}

function subscriberCounts({ args, host }: Call, space: 'channel' | 'shard'): (string | number)[] {
  return args.flatMap((channel) => [channel, host.pubSub.subscriberCount(space, channel)]);
}
