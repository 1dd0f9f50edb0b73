import { parseJson } from '../../kernel/json-words';
import type { HttpTransport } from '../http/transport';
import { joinedBuffers } from '../http/inflow';
import { decodeText, encodeText } from '../node/encoding';
import { engine } from '../node/engine';
import { isAnyArrayBuffer, isArrayBufferView, isUint8Array } from '../node/value-kind';
import { type BlobClass, bytesOfBlob, type FileClass, isBlob } from './blob';
import { type FormDataClass, isFormData, multipart, readMultipart } from './form-data';
import type { Headers } from './headers';
import type { ReadableStream, ReadableStreamClass } from './readable-stream';
import { textOf } from './webidl';

/** The classes of one process that bodies are made of. */
export interface BodyParts {
  readonly transport: HttpTransport;
  readonly ReadableStream: ReadableStreamClass;
  readonly Blob: BlobClass;
  readonly File: FileClass;
  readonly FormData: FormDataClass;
}

/** What a request or an answer carries. */
export interface BodyContent {
  /** All of it, when it is known. */
  readonly bytes: Uint8Array | undefined;
  readonly stream: ReadableStream;
  readonly type: string | undefined;
}

export function extractBody({ transport, ReadableStream }: BodyParts, given: unknown): BodyContent {
  if (given instanceof ReadableStream) {
    if (given.locked || given.isDisturbed)
      throw new TypeError('Response body object should not be disturbed or locked');
    return { bytes: undefined, stream: given, type: undefined };
  }
  if (isAsyncIterable(given)) return { bytes: undefined, stream: streamOf(ReadableStream, given), type: undefined };
  const [bytes, type] = bytesOf(given, () => boundaryText(transport));
  const stream = new ReadableStream({
    start: (controller) => {
      if (bytes.length > 0) controller.enqueue(Uint8Array.from(bytes));
      controller.close();
    },
  });
  return { bytes, stream, type };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** What is iterated comes piece by piece, as it is asked for. */
function streamOf(ReadableStream: ReadableStreamClass, given: AsyncIterable<unknown>): ReadableStream {
  let iterator: AsyncIterator<unknown> | undefined;
  return new ReadableStream({
    pull: async (controller) => {
      iterator ??= given[Symbol.asyncIterator]();
      const next: IteratorResult<unknown, unknown> = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: (reason) => iterator?.return?.(reason),
  });
}

function boundaryText({ node }: HttpTransport): string {
  return `----formdata-undici-0${Math.floor(node.random() * 1e11)
    .toString()
    .padStart(11, '0')}`;
}

function bytesOf(given: unknown, boundary: () => string): [Uint8Array, string | undefined] {
  if (given instanceof engine.URLSearchParams)
    return [
      encodeText((given as { toString(): string }).toString(), 'utf8'),
      'application/x-www-form-urlencoded;charset=UTF-8',
    ];
  if (isAnyArrayBuffer(given)) return [Uint8Array.from(new Uint8Array(given)), undefined];
  if (isArrayBufferView(given))
    return [Uint8Array.from(new Uint8Array(given.buffer, given.byteOffset, given.byteLength)), undefined];
  if (isBlob(given)) return [bytesOfBlob(given), given.type === '' ? undefined : given.type];
  if (isFormData(given)) {
    const mark = boundary();
    return [multipart(given, mark), `multipart/form-data; boundary=${mark}`];
  }
  return [encodeText(textOf(given, 'undefined'), 'utf8'), 'text/plain;charset=UTF-8'];
}

export interface BodyHolder {
  readonly headers: Headers;
  readonly body: ReadableStream | null;
  readonly bodyUsed: boolean;
}

export interface BodyClass {
  new (content: BodyContent | null): BodyHolder & {
    /** Undefined when there is none. */
    content: BodyContent | null;
    /** The same once more, for a clone. Throws when it has been read. */
    copyContent(of: string): BodyContent | null;
  };
}

const contents = new WeakMap<object, BodyContent | null>();

export function setContent(holder: BodyHolder, content: BodyContent | null): void {
  contents.set(holder, content);
}

/** The methods that `Request` and `Response` have in common. */
export function createBodyClass(parts: BodyParts): BodyClass {
  const { transport, Blob, File, FormData } = parts;
  class Body {
    constructor(content: BodyContent | null) {
      contents.set(this, content);
    }

    get content(): BodyContent | null {
      return contents.get(this) ?? null;
    }

    get body(): ReadableStream | null {
      return this.content?.stream ?? null;
    }

    get bodyUsed(): boolean {
      return this.content?.stream.isDisturbed === true;
    }

    arrayBuffer(): Promise<ArrayBuffer> {
      return this.#read((bytes) => Uint8Array.from(bytes).buffer);
    }

    blob(): Promise<unknown> {
      return this.#read((bytes) => new Blob([bytes], { type: this.#type() }));
    }

    bytes(): Promise<Uint8Array> {
      return this.#read((bytes) => Uint8Array.from(bytes));
    }

    text(): Promise<string> {
      return this.#read(decoded);
    }

    json(): Promise<unknown> {
      return this.#read((bytes) => parseJson(decoded(bytes)));
    }

    formData(): Promise<unknown> {
      return this.#read((bytes) => {
        const form = new FormData();
        const type = this.#type();
        const boundary = /^multipart\/form-data\b.*;\s*boundary="?([^";]+)"?/i.exec(type)?.[1];
        if (boundary !== undefined) readMultipart(bytes, boundary, form, File);
        else if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
          for (const [name, value] of new engine.URLSearchParams(decoded(bytes))) form.append(name, value);
        } else {
          const message = 'Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".';
          throw new TypeError(message);
        }
        return form;
      });
    }

    copyContent(of: string): BodyContent | null {
      const { content } = this;
      if (content === null) return null;
      if (this.bodyUsed || content.stream.locked) throw new TypeError(`${of}.clone: Body has already been consumed.`);
      if (content.bytes !== undefined) return { ...extractBody(parts, content.bytes), type: content.type };
      const [mine, other] = content.stream.tee();
      contents.set(this, { ...content, stream: mine });
      return { ...content, stream: other };
    }

    #type(): string {
      return (this as unknown as BodyHolder).headers.get('content-type') ?? '';
    }

    #read<T>(convert: (bytes: Uint8Array) => T): Promise<T> {
      return transport.promise((resolve, reject) => {
        const { content } = this;
        if (content === null) return resolve(convert(new Uint8Array(0)));
        if (this.bodyUsed || content.stream.locked)
          return reject(new TypeError('Body is unusable: Body has already been read'));
        const reader = content.stream.getReader();
        const pieces: Uint8Array[] = [];
        const next = (): void => {
          void reader.read().then(
            ({ value, done }) => {
              if (!done) {
                if (!isUint8Array(value)) return reject(new TypeError('Received non-Uint8Array chunk'));
                pieces.push(value);
                next();
                return;
              }
              try {
                resolve(convert(joinedBuffers(pieces)));
              } catch (error) {
                reject(error);
              }
            },
            (reason: unknown) => {
              reject(reason);
            },
          );
        };
        next();
      });
    }
  }
  return Body as unknown as BodyClass;
}

/** UTF-8 without its mark. */
function decoded(bytes: Uint8Array): string {
  return decodeText(bytes, 'utf8').replace(/^\ufeff/, '');
}
