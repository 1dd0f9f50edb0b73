import type { HttpTransport } from '../http/transport';
import { joinedBuffers } from '../http/inflow';
import { decodeText, encodeText } from '../node/encoding';
import { customInspectSymbol, type Inspect } from '../node/inspect-context';
import { invalidArgType } from '../node/node-error';
import { isAnyArrayBuffer, isArrayBufferView } from '../node/value-kind';
import { tag } from './headers';
import type { ReadableStream, ReadableStreamClass } from './readable-stream';

export interface Blob {
  readonly size: number;
  readonly type: string;
  readonly name?: string;
}

export interface BlobClass {
  new (parts?: unknown, options?: { readonly type?: unknown }): Blob;
  readonly prototype: Blob;
}

export interface FileClass {
  new (parts: unknown, name: unknown, options?: { type?: unknown; lastModified?: unknown }): Blob & { name: string };
}

const contents = new WeakMap<object, Uint8Array>();

export function isBlob(value: unknown): value is Blob {
  return typeof value === 'object' && value !== null && contents.has(value);
}

export function bytesOfBlob(blob: Blob): Uint8Array {
  return contents.get(blob) ?? new Uint8Array(0);
}

/** `Blob` and `File`: bytes that have a type. */
export function createBlobClasses(
  transport: HttpTransport,
  Stream: ReadableStreamClass,
): { Blob: BlobClass; File: FileClass } {
  const { node } = transport;
  const given = <T>(value: T): Promise<T> =>
    transport.promise((resolve) => {
      resolve(value);
    });

  class Blob {
    readonly #type: string;

    constructor(parts: unknown = [], options: { type?: unknown } = {}) {
      if (typeof parts !== 'object' || parts === null || !(Symbol.iterator in parts))
        throw invalidArgType('sources', 'a sequence', parts);
      contents.set(this, joinedBuffers([...(parts as Iterable<unknown>)].map(bytesOfPart)));
      const type = options.type === undefined ? '' : ''.concat(options.type as string);
      this.#type = /[^\x20-\x7e]/.test(type) ? '' : type.toLowerCase();
    }

    get size(): number {
      return bytesOfBlob(this).length;
    }

    get type(): string {
      return this.#type;
    }

    arrayBuffer(): Promise<ArrayBuffer> {
      return given(Uint8Array.from(bytesOfBlob(this)).buffer);
    }

    bytes(): Promise<Uint8Array> {
      return given(Uint8Array.from(bytesOfBlob(this)));
    }

    text(): Promise<string> {
      return given(decodeText(bytesOfBlob(this), 'utf8'));
    }

    slice(start?: number, end?: number, type?: string): Blob {
      return new Blob([bytesOfBlob(this).slice(start, end)], { type: type ?? '' });
    }

    stream(): ReadableStream {
      const bytes = Uint8Array.from(bytesOfBlob(this));
      return new Stream({
        start: (controller) => {
          if (bytes.length > 0) controller.enqueue(bytes);
          controller.close();
        },
      });
    }

    [customInspectSymbol](depth: number, options: object, inspect: Inspect): unknown {
      return depth < 0 ? this : `Blob ${inspect({ size: this.size, type: this.type }, options)}`;
    }
  }
  tag(Blob, 'Blob');

  class File extends Blob {
    readonly #name: string;
    readonly #lastModified: number;

    constructor(parts: unknown, name: unknown, options: { type?: unknown; lastModified?: unknown } = {}) {
      super(parts, options);
      this.#name = ''.concat(name as string);
      this.#lastModified = Number(options.lastModified ?? Math.floor(node.epochMs + node.nowMs() + node.skewMs()));
    }

    get name(): string {
      return this.#name;
    }

    get lastModified(): number {
      return this.#lastModified;
    }

    override [customInspectSymbol](depth: number, options: object, inspect: Inspect): unknown {
      const { size, type, name, lastModified } = this;
      return depth < 0 ? this : `File ${inspect({ size, type, name, lastModified }, options)}`;
    }
  }
  tag(File, 'File');
  return { Blob, File };
}

function bytesOfPart(part: unknown): Uint8Array {
  if (isBlob(part)) return bytesOfBlob(part);
  if (isArrayBufferView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  if (isAnyArrayBuffer(part)) return new Uint8Array(part);
  return encodeText(''.concat(part as string), 'utf8');
}
