import { bytesOf, type Bytes } from '../../brokers/redis/bytes';

/** What the user gave a command, as the words that Redis gets. Lists are laid flat, objects become names and values. */
export function wordsOf(command: string, args: readonly unknown[]): Bytes[] {
  const given = args.some(Array.isArray) ? args.flat(1) : args;
  const place = pairsAt[command];
  const all = place === undefined || given.length !== place + 1 ? given : given.flatMap(pairsOf);
  return all.map(wordOf);
}

/** Where a command may have an object or a map, if nothing follows. */
const pairsAt: Readonly<Record<string, number>> = { hset: 1, hmset: 1, mset: 0, msetnx: 0 };

function pairsOf(arg: unknown): readonly unknown[] {
  if (arg instanceof Map) return [...(arg as Map<unknown, unknown>)].flat<unknown[][]>();
  const isPlain = typeof arg === 'object' && arg !== null && !(arg instanceof Uint8Array);
  return isPlain ? Object.entries(arg as Record<string, unknown>).flat<unknown[][]>() : [arg];
}

function wordOf(value: unknown): Bytes {
  if (typeof value === 'string') return bytesOf(value);
  if (value instanceof Uint8Array) return byteText(value);
  return value === null || value === undefined ? '' : bytesOf(`${value as number}`);
}

function byteText(bytes: Uint8Array): Bytes {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** XGROUP and XINFO have keys, but ioredis does not know which word it is. */
const noKeys =
  /^(?:ping|echo|select|auth|quit|reset|multi|exec|discard|unwatch|time|info|client|(?:p?(?:un)?subscribe)|publish|pubsub|keys|scan|dbsize|flushdb|flushall|command|xgroup|xinfo)$/;
const allKeys = /^(?:del|unlink|exists|mget|watch|sinter|sunion|sdiff|s(?:un)?subscribe)$/;
const secondToo = /^(?:rename|lmove|blmove|rpoplpush|brpoplpush)$/;

/** Puts the prefix in front of what are keys. */
export function withPrefix(command: string, words: readonly Bytes[], prefix: Bytes): readonly Bytes[] {
  if (prefix === '' || noKeys.test(command)) return words;
  const isKey = keysOf(command, words);
  return words.map((word, index) => (isKey(index) ? prefix + word : word));
}

function keysOf(command: string, words: readonly Bytes[]): (index: number) => boolean {
  if (allKeys.test(command)) return () => true;
  if (/^msetn?x?$/.test(command)) return (index) => index % 2 === 0;
  if (/^b[lr]pop$/.test(command)) return (index) => index < words.length - 1;
  if (secondToo.test(command)) return (index) => index < 2;
  if (/^xread/.test(command)) {
    const start = words.findIndex((word) => word.toUpperCase() === 'STREAMS') + 1;
    return (index) => start > 0 && index >= start && index < start + (words.length - start) / 2;
  }
  return (index) => index === 0;
}
