import { at, atLeast, exactly, integerOf, noReply, type Call, type Command } from '../command';
import { databasesMax } from '../host';
import type { Reply } from '../protocol';
import { RedisError, syntaxError, wrongArity } from '../redis-error';

/** Commands about the connection itself, transactions and the server as a whole. */
export const connectionCommands: Readonly<Record<string, Command>> = {
  ping: atLeast(0, ping),
  echo: exactly(1, ({ args }) => at(args, 0)),
  select: exactly(1, select),
  auth: atLeast(1, ({ args }) => {
    // The user `default` has no password, and takes any.
    if (args.length > 2) throw syntaxError();
    if (args[0] === 'default' && args.length === 2) return 'OK';
    if (args.length === 2) throw new RedisError('WRONGPASS invalid username-password pair or user is disabled.');
    throw new RedisError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }),
  quit: atLeast(0, ({ session, cause }) => {
    session.quit(cause);
    return noReply;
  }),
  reset: exactly(0, ({ session, cause }) => {
    session.reset(cause);
    return 'RESET';
  }),
  multi: exactly(0, ({ session }) => session.begin()),
  exec: exactly(0, ({ session }) => session.execute()),
  discard: exactly(0, ({ session }) => session.discard()),
  watch: atLeast(1, ({ args, session }) => {
    for (const key of args) session.watch(key);
    return 'OK';
  }),
  unwatch: exactly(0, ({ session }) => {
    session.unwatch();
    return 'OK';
  }),
  time: exactly(0, ({ host }) => [String(Math.floor(host.unixMs / 1000)), String((host.unixMs % 1000) * 1000)]),
  info: atLeast(0, () => '# Server\r\nredis_version:7.0.15\r\nredis_mode:standalone\r\n'),
};

function ping({ args, session }: Call): Reply {
  if (args.length > 1) throw wrongArity('ping');
  if (session.isSubscribed) return ['pong', args[0] ?? ''];
  return args[0] ?? 'PONG';
}

function select({ args, session, host }: Call): Reply {
  const index = integerOf(at(args, 0));
  if (index < 0 || index >= databasesMax) throw new RedisError('ERR DB index is out of range');
  session.database = host.database(index);
  return 'OK';
}
