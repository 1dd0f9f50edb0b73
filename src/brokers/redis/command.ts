import type { Message } from '../../log/envelope';
import type { Bytes } from './bytes';
import type { Database } from './database';
import type { Host } from './host';
import type { Reply, Request } from './protocol';
import { notAnInteger, RedisError } from './redis-error';
import type { Session } from './session';

/** One command on its way through the server. */
export interface Call {
  /** What follows the command's name, and that of its subcommand. */
  readonly args: readonly Bytes[];
  readonly database: Database;
  readonly session: Session;
  readonly host: Host;
  readonly message: Message | undefined;
  readonly request: Request;
  readonly cause: number;
  /** Inside a transaction nothing waits. */
  readonly mayBlock: boolean;
}

/** Instead of a reply: it was answered otherwise, or will be later. */
export const noReply = Symbol('no reply');

export interface Command {
  /** How many arguments at least, the names not counted; -1 - n: exactly n. */
  readonly arity: number;
  readonly run: (call: Call) => Reply | typeof noReply;
}

export const atLeast = (least: number, run: Command['run']): Command => ({ arity: least, run });
export const exactly = (count: number, run: Command['run']): Command => ({ arity: -count - 1, run });

export function takes({ arity }: Command, count: number): boolean {
  return arity < 0 ? count === -arity - 1 : count >= arity;
}

/** The argument at a place that arity has made sure of. */
export function at(args: readonly Bytes[], index: number): Bytes {
  const value = args[index];
  if (value === undefined) throw new RedisError('ERR syntax error');
  return value;
}

export function integerOf(text: Bytes, error: () => RedisError = notAnInteger): number {
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) throw error();
  const value = BigInt(text);
  if (value > 0x7fffffffffffffffn || value < -0x8000000000000000n) throw error();
  return Number(value);
}

/** What Redis answers when a subcommand has options that it does not know. */
export function wrongSubcommand({ request: { args } }: Call): RedisError {
  const [command = '', name = ''] = args;
  return new RedisError(
    `ERR unknown subcommand or wrong number of arguments for '${name}'. Try ${command.toUpperCase()} HELP.`,
  );
}

/** Options come in any case. */
export const optionOf = (text: Bytes | undefined): string => text?.toUpperCase() ?? '';
