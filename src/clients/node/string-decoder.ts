/** `node:string_decoder`: bytes that come in pieces, without characters being torn apart. */
import { Buffer } from './buffer';
import { decodeText, encodingOf } from './encoding';
import type { Encoding } from './encoding';
import { invalidArgType } from './node-error';
import { unknownEncoding } from './buffer-search';
import { isArrayBufferView } from './value-kind';

/** How many bytes at the end belong to a character that has not fully come yet. */
function incompleteLength(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding === 'utf16le') {
    const odd = bytes.length % 2;
    const last = bytes.length - odd;
    const isHighSurrogate = last >= 2 && (bytes[last - 1]! & 0xfc) === 0xd8;
    return odd + (isHighSurrogate ? 2 : 0);
  }
  if (encoding === 'base64' || encoding === 'base64url') return bytes.length % 3;
  if (encoding !== 'utf8') return 0;
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const size = byte >= 0xf0 && byte <= 0xf4 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return byte < 0xf5 && size > back ? back : 0;
  }
  return 0;
}

export class StringDecoder {
  readonly encoding: string;
  readonly #encoding: Encoding;
  #held = new Uint8Array(0);

  constructor(encoding: unknown = 'utf8') {
    const known = encodingOf(String(encoding));
    if (known === undefined) throw unknownEncoding(encoding);
    this.#encoding = known;
    this.encoding = known;
  }

  write(chunk: unknown): string {
    if (typeof chunk === 'string') return chunk;
    if (!isArrayBufferView(chunk)) throw invalidArgType('buf', ['Buffer', 'TypedArray', 'DataView'], chunk);
    const bytes = Buffer.concat([this.#held, new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)]);
    const held = incompleteLength(bytes, this.#encoding);
    this.#held = Uint8Array.from(bytes.subarray(bytes.length - held));
    return decodeText(bytes.subarray(0, bytes.length - held), this.#encoding);
  }

  end(chunk?: unknown): string {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = this.#held;
    this.#held = new Uint8Array(0);
    if (rest.length === 0) return text;
    return text + decodeText(this.#encoding === 'utf16le' ? rest.subarray(0, rest.length & ~1) : rest, this.#encoding);
  }
}
