import { isAscii, textOf, type Bytes } from '../../brokers/redis/bytes';
import type { Request } from '../../brokers/redis/protocol';
import { eventDataOf, eventDataOfAscii } from '../amqplib/event-data';
import { Buffer } from '../node/buffer';
import type { Published } from '../wire';

/** A command as its words say it. `name`: in lower case; `givenName`: as it is sent. */
interface Worded {
  readonly name: string;
  readonly givenName: string;
  readonly words: readonly Bytes[];
  readonly where: string | undefined;
}

/** The message that a command brings; undefined when it brings none. */
export function publishedBy(command: Worded): Published | undefined {
  const { name, givenName, words, where } = command;
  const isEntry = name === 'xadd';
  if (!isEntry && name !== 'publish' && name !== 'spublish') return undefined;
  const from = isEntry ? fieldsFrom(words) : 1;
  return {
    type: textOf(words[0] ?? ''),
    data: isEntry ? fieldsOf(words.slice(from)) : dataOf(words[1] ?? ''),
    isOwn: !isEntry,
    where,
    frameOf: (message) => ({ args: [givenName, ...words], message }) satisfies Request,
    halved: () => {
      const payload = isEntry ? longestValueAt(words, from) : from;
      return publishedBy({ ...command, words: words.map((word, at) => (at === payload ? firstHalf(word) : word)) })!;
    },
  };
}

/** Names and values come in turn. */
function longestValueAt(words: readonly Bytes[], from: number): number {
  let longest = from + 1;
  for (let at = longest; at < words.length; at += 2) if (words[at]!.length > words[longest]!.length) longest = at;
  return longest;
}

function firstHalf(word: Bytes): Bytes {
  return word.slice(0, Math.max(1, word.length >> 1));
}

function dataOf(body: Bytes): unknown {
  return isAscii(body) ? eventDataOfAscii(body) : eventDataOf(Buffer.from(body, 'latin1'));
}

function fieldsOf(words: readonly Bytes[]): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (let at = 0; at + 1 < words.length; at += 2)
    Object.defineProperty(data, textOf(words[at]!), {
      value: textOf(words[at + 1]!),
      enumerable: true,
      configurable: true,
    });
  return data;
}

/** Where the fields of XADD begin: after the options and the id. */
function fieldsFrom(words: readonly Bytes[]): number {
  let at = 1;
  for (let option = words[at]?.toUpperCase(); option !== undefined; option = words[at]?.toUpperCase()) {
    if (option === 'NOMKSTREAM') at += 1;
    else if (option === 'LIMIT') at += 2;
    else if (option === 'MAXLEN' || option === 'MINID') at += words[at + 1] === '~' || words[at + 1] === '=' ? 3 : 2;
    else break;
  }
  return at + 1;
}
