import type { Bytes } from '../bytes';
import { at, atLeast, exactly, integerOf, noReply, optionOf, type Call, type Command } from '../command';
import type { Reply } from '../protocol';
import { RedisError, syntaxError } from '../redis-error';
import type { Session } from '../session';

/** Commands about connections: one's own, and those of others. */
export const clientCommands: Readonly<Record<string, Command>> = {
  'client|id': exactly(0, ({ session }) => session.id),
  'client|getname': exactly(0, ({ session }) => (session.name === '' ? null : session.name)),
  'client|setname': exactly(1, ({ args, session }) => {
    const name = at(args, 0);
    if (/[^!-~]/.test(name))
      throw new RedisError('ERR Client names cannot contain spaces, newlines or special characters.');
    session.name = name;
    return 'OK';
  }),
  'client|unblock': atLeast(1, unblock),
  'client|info': exactly(0, (call) => `${lineOf(call.session, call)}\n`),
  'client|list': atLeast(0, list),
  'client|kill': atLeast(1, kill),
  'client|getredir': exactly(0, () => -1),
  'client|no-evict': exactly(1, ({ args, session }) => {
    const how = optionOf(at(args, 0));
    if (how !== 'ON' && how !== 'OFF') throw syntaxError();
    session.isKept = how === 'ON';
    return 'OK';
  }),
};

function unblock({ args, host, cause }: Call): Reply {
  const how = optionOf(args[1] ?? 'TIMEOUT');
  if (how !== 'TIMEOUT' && how !== 'ERROR')
    throw new RedisError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  const session = host.sessions.get(integerOf(at(args, 0)));
  if (args.length > 2) throw syntaxError();
  const reply = how === 'ERROR' ? new RedisError('UNBLOCKED client unblocked via CLIENT UNBLOCK') : null;
  return session?.unblock(reply, cause) === true ? 1 : 0;
}

/** `CLIENT LIST [TYPE type | ID id …]`. */
function list(call: Call): Reply {
  const { args, host } = call;
  const [option, ...values] = args;
  const lines = (sessions: Iterable<Session>): string =>
    [...sessions].map((session) => `${lineOf(session, call)}\n`).join('');
  if (option === undefined) return lines(host.sessions.values());
  if (optionOf(option) === 'TYPE' && values.length === 1) {
    const type = typeNamed(at(values, 0));
    return lines([...host.sessions.values()].filter((session) => typeOf(session) === type));
  }
  if (optionOf(option) !== 'ID' || values.length === 0) throw syntaxError();
  const ids = values.map((value) => integerOf(value, () => new RedisError('ERR Invalid client ID')));
  return lines(ids.flatMap((id) => host.sessions.get(id) ?? []));
}

/** By an address, or by everything that is asked of it; then it tells how many. */
function kill({ args, host, session, cause }: Call): Reply | typeof noReply {
  const wanted = args.length === 1 ? [isAt(at(args, 0))] : filtersOf(args, session);
  const hit = [...host.sessions.values()].filter((each) => wanted.every((is) => is(each)));
  if (args.length === 1 && hit.length === 0) throw new RedisError('ERR No such client');
  for (const each of hit) if (each !== session) each.shutDown(cause);
  const reply = args.length === 1 ? 'OK' : hit.length;
  if (!hit.includes(session)) return reply;
  session.quit(cause, reply);
  return noReply;
}

type Filter = (session: Session) => boolean;

function filtersOf(args: readonly Bytes[], self: Session): Filter[] {
  const filters: Filter[] = [];
  let skipsSelf = true;
  for (let index = 0; index < args.length; index += 2) {
    const value = args[index + 1];
    if (value === undefined) throw syntaxError();
    const option = optionOf(args[index]);
    if (option === 'SKIPME') {
      if (!/^(?:yes|no)$/i.test(value)) throw syntaxError();
      skipsSelf = /^yes$/i.test(value);
    } else filters.push(filterOf(option, value));
  }
  return skipsSelf ? [...filters, (session) => session !== self] : filters;
}

function filterOf(option: string, value: Bytes): Filter {
  switch (option) {
    case 'ID': {
      const wrong = (): RedisError => new RedisError('ERR client-id should be greater than 0');
      const id = integerOf(value, wrong);
      if (id < 1) throw wrong();
      return (session) => session.id === id;
    }
    case 'TYPE': {
      const type = typeNamed(value);
      return (session) => typeOf(session) === type;
    }
    case 'ADDR':
      return isAt(value);
    case 'LADDR':
      return () => value === serverAddress;
    case 'USER':
      if (value !== 'default') throw new RedisError(`ERR No such user '${value}'`);
      return () => true;
    default:
      throw syntaxError();
  }
}

function typeNamed(name: Bytes): string {
  const type = name.toLowerCase().replace('slave', 'replica');
  if (!['normal', 'master', 'replica', 'pubsub'].includes(type))
    throw new RedisError(`ERR Unknown client type '${name}'`);
  return type;
}

const typeOf = (session: Session): string => (session.isSubscribed ? 'pubsub' : 'normal');

const serverAddress = '127.0.0.1:6379';
const addressOf = ({ id }: Session): string => `127.0.0.1:${String(50_000 + (id % 10_000))}`;
const isAt =
  (address: Bytes): Filter =>
  (session) =>
    addressOf(session) === address;

/** What is about memory is not simulated, and shown as nothing. */
const memory = 'qbuf=0 qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0 obl=0 oll=0 omem=0 tot-mem=0 events=r'.split(' ');

function lineOf(session: Session, { host }: Call): string {
  const { id, name, database, counts, lastCommand } = session;
  const seconds = (sinceMs: number): number => Math.floor((host.port.nowMs - sinceMs) / 1000);
  const flags = [
    session.isSubscribed && 'P',
    counts.multi >= 0 && 'x',
    session.isWaiting && 'b',
    session.isKept && 'e',
  ].filter((flag) => flag !== false);
  return [
    `id=${String(id)} addr=${addressOf(session)} laddr=${serverAddress} fd=${String(7 + id)} name=${name}`,
    `age=${String(seconds(session.connectedAtMs))} idle=${String(seconds(session.usedAtMs))}`,
    `flags=${flags.join('') || 'N'} db=${String(database.index)}`,
    ...Object.entries(counts).map(([field, count]) => `${field}=${String(count)}`),
    ...memory,
    `cmd=${lastCommand} user=default redir=-1 resp=3`,
  ].join(' ');
}
