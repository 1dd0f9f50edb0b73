import type { Bytes } from './bytes';
import type { Command } from './command';
import { claimingCommands } from './commands/claiming';
import { clientCommands } from './commands/clients';
import { connectionCommands } from './commands/connection';
import { consumerGroupCommands } from './commands/consumer-groups';
import { copyingCommands } from './commands/copying';
import { hashCommands } from './commands/hashes';
import { helpCommands } from './commands/help';
import { keyCommands } from './commands/keys';
import { listCommands } from './commands/lists';
import { pubSubCommands } from './commands/pub-sub';
import { setCommands } from './commands/sets';
import { sortedSetAlgebraCommands } from './commands/sorted-set-algebra';
import { sortedSetPopCommands } from './commands/sorted-set-pops';
import { sortedSetCommands } from './commands/sorted-sets';
import { streamInfoCommands } from './commands/stream-info';
import { streamReadingCommands } from './commands/stream-reading';
import { streamCommands } from './commands/streams';
import { stringCommands } from './commands/strings';
import { RedisError, wrongArity } from './redis-error';

/** Every command by its name in lower case; a subcommand is `xgroup|create`. */
const commands: ReadonlyMap<string, Command> = new Map(
  [
    connectionCommands,
    clientCommands,
    helpCommands,
    copyingCommands,
    pubSubCommands,
    keyCommands,
    stringCommands,
    hashCommands,
    setCommands,
    sortedSetCommands,
    sortedSetPopCommands,
    sortedSetAlgebraCommands,
    listCommands,
    streamCommands,
    streamReadingCommands,
    consumerGroupCommands,
    claimingCommands,
    streamInfoCommands,
  ].flatMap((table) => Object.entries(table)),
);

/** Commands that have subcommands. */
const containers: ReadonlySet<string> = new Set(
  [...commands.keys()].filter((name) => name.includes('|')).map((name) => name.slice(0, name.indexOf('|'))),
);

export const commandNames: readonly string[] = [
  ...containers,
  ...[...commands.keys()].filter((name) => !name.includes('|')),
];

/** What a request asks for; throws what Redis answers when there is no such command. */
export function commandOf(words: readonly Bytes[]): { command: Command; name: string; args: readonly Bytes[] } {
  const [first = '', second] = words;
  const plain = first.toLowerCase();
  if (containers.has(plain)) {
    if (second === undefined) throw wrongArity(plain);
    const name = `${plain}|${second.toLowerCase()}`;
    const command = commands.get(name);
    if (command === undefined)
      throw new RedisError(`ERR unknown subcommand '${second}'. Try ${first.toUpperCase()} HELP.`);
    return { command, name, args: words.slice(2) };
  }
  const command = commands.get(plain);
  if (command === undefined) {
    throw new RedisError(
      `ERR unknown command '${first.slice(0, 128)}', with args beginning with: ${beginningOf(words)}`,
    );
  }
  return { command, name: plain, args: words.slice(1) };
}

/** As many of the arguments as fit into some 128 characters. */
function beginningOf(words: readonly Bytes[]): string {
  let text = '';
  for (const word of words.slice(1)) if (text.length < 128) text += `'${word.slice(0, 128 - text.length)}' `;
  return text;
}
