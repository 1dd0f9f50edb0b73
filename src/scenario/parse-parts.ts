import type { LinkSettings } from '../log/entry';
import { limits } from './limits';
import type { Reader } from './reader';

/** Rules for the parts that several places of a scenario share: names, links, sizes. */

/**
 * Whether a file may be called this: relative, `/` between folders, ending in an extension. (A name without one, such
 * as `1`, would be moved to the front by every JavaScript object, and the order of the tabs would be lost.)
 */
export function isFileName(name: string): boolean {
  if (name.length > limits.fileNameCharsMax || !/\.[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*$/.test(name)) return false;
  return name.split('/').every((part) => /^[^\\\p{Cc}]+$/u.test(part) && part.trim() === part && !/^\.+$/.test(part));
}

/**
 * Whether a process may be called this. `#` marks a replica, `/` begins a message's source, and `you` is the source of
 * what is published by hand.
 */
export function isProcessName(name: string): boolean {
  if (name.length > limits.nameCharsMax || name === 'you' || name === '__proto__') return false;
  return /^[^#/\p{Cc}]+$/u.test(name) && name.trim() === name;
}

/** `worker` for `worker#2`. */
export function serviceOf(process: string): string {
  return process.replace(/#\d+$/, '');
}

/** The settings that are given, and only those. `others`: keys beside them that belong there. */
export function parseLink(
  reader: Reader,
  value: unknown,
  path: string,
  others: readonly string[],
): Partial<LinkSettings> {
  const keys = [
    'latencyMs',
    'jitterMs',
    'loss',
    'cut',
    'duplicated',
    'delayed',
    'reordered',
    'delayedMs',
  ] satisfies (keyof LinkSettings)[];
  const { latencyMs, jitterMs, loss, cut, ...rest } = reader.object(value, path, [...others, ...keys]) ?? {};
  const ms = { min: 0, max: limits.latencyMsMax };
  const shares = (['duplicated', 'delayed', 'reordered'] as const).filter((key) => rest[key] !== undefined);
  return {
    ...(latencyMs !== undefined && { latencyMs: reader.number(latencyMs, `${path}.latencyMs`, ms) }),
    ...(jitterMs !== undefined && { jitterMs: reader.number(jitterMs, `${path}.jitterMs`, ms) }),
    ...(loss !== undefined && { loss: reader.number(loss, `${path}.loss`, { min: 0, max: 1 }) }),
    ...(cut !== undefined && { cut: reader.flag(cut, `${path}.cut`) }),
    ...Object.fromEntries(
      shares.map((key) => [key, reader.number(rest[key], `${path}.${key}`, { min: 0, max: 1 })] as const),
    ),
    ...(rest['delayedMs'] !== undefined && { delayedMs: reader.number(rest['delayedMs'], `${path}.delayedMs`, ms) }),
  };
}

/** The size of the text in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // Both halves of a surrogate pair add one to their own unit, which makes four.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
