/** What `node:buffer` can tell of bytes as text. Follows Node 20, `lib/buffer.js` and `src/node_i18n.cc` (MIT). */
import { bufferOf } from './buffer';
import type { BufferInstance } from './buffer';
import { decodeText, encodeText, encodingOf } from './encoding';
import type { Encoding } from './encoding';
import { engine } from './engine';
import { invalidArgType, nodeError, textOf } from './node-error';

function bytesOf(input: unknown): Uint8Array {
  if (ArrayBuffer.isView(input) && !(input instanceof DataView))
    return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw invalidArgType('input', ['ArrayBuffer', 'Buffer', 'TypedArray'], input);
}

export const isAscii = (input: unknown): boolean => bytesOf(input).every((byte) => byte < 0x80);

export function isUtf8(input: unknown): boolean {
  const bytes = bytesOf(input);
  try {
    new engine.TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The encodings that can be transcoded, and the last character that the narrow ones have. */
const lastOf: Partial<Record<Encoding, number>> = { utf8: Infinity, utf16le: Infinity, latin1: 0xff, ascii: 0x7f };

/** What the narrower encoding does not have becomes `?`. */
export function transcode(source: unknown, from: unknown, to: unknown): BufferInstance {
  if (!(source instanceof Uint8Array)) throw invalidArgType('source', ['Buffer', 'Uint8Array'], source);
  const [read, write] = [from, to].map((name) => encodingOf(textOf(name)));
  const last = write === undefined ? undefined : lastOf[write];
  if (read === undefined || write === undefined || last === undefined || lastOf[read] === undefined) {
    const code = 'U_ILLEGAL_ARGUMENT_ERROR';
    throw nodeError(Error, code, `Unable to transcode Buffer [${code}]`, { errno: 1 });
  }
  const kept = Array.from(decodeText(source, read), (character) =>
    (character.codePointAt(0) ?? 0) > last ? '?' : character,
  );
  return bufferOf(encodeText(kept.join(''), write));
}
