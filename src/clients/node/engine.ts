/**
 * The few things taken from the engine as they are: pure, the same everywhere, and not worth writing again. They are
 * taken when this module loads, before anyone changes the global object.
 */
import { missingArgs, nodeError, textOf } from './node-error';

export interface EngineUrl {
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: Iterable<[string, string]>;
  hash: string;
}

interface Encoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

interface Decoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}

interface Engine {
  readonly URL: new (url: string, base?: string | EngineUrl) => EngineUrl;
  readonly URLSearchParams: new (init?: unknown) => Iterable<[string, string]>;
  readonly TextEncoder: new () => Encoder;
  readonly TextDecoder: new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => Decoder;
  readonly Headers: (new (init?: unknown) => Iterable<[string, string]>) | undefined;
}

const taken = globalThis as unknown as Engine;

/** The engine's, which refuses in Node's words. */
class URL extends taken.URL {
  static {
    // The same in a build with short names.
    Object.defineProperty(this, 'name', { value: 'URL' });
  }

  static parse(url: string, base?: string | EngineUrl): URL | null {
    try {
      return new URL(url, base);
    } catch {
      return null;
    }
  }

  constructor(url: string, base?: string | EngineUrl) {
    if (arguments.length === 0) throw missingArgs('url');
    const input = textOf(url);
    try {
      super(input, base);
    } catch {
      const details = { code: 'ERR_INVALID_URL', input, ...(base === undefined ? {} : { base: textOf(base) }) };
      throw Object.assign(new TypeError('Invalid URL'), details);
    }
  }
}

/** The engine's, which refuses in Node's words. */
class TextDecoder extends taken.TextDecoder {
  static {
    Object.defineProperty(this, 'name', { value: 'TextDecoder' });
  }

  constructor(label = 'utf-8', options?: { fatal?: boolean; ignoreBOM?: boolean }) {
    try {
      super(label, options);
    } catch {
      const message = `The "${textOf(label)}" encoding is not supported`;
      throw nodeError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', message);
    }
  }

  override decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string {
    try {
      return super.decode(bytes, options);
    } catch (error) {
      if (!this.fatal || !(bytes instanceof ArrayBuffer || ArrayBuffer.isView(bytes))) throw error;
      const message = `The encoded data was not valid for encoding ${this.encoding}`;
      throw Object.assign(new TypeError(message), { code: 'ERR_ENCODING_INVALID_ENCODED_DATA' });
    }
  }
}

const { URLSearchParams, TextEncoder, Headers } = taken;

export const engine: Engine = { URL, URLSearchParams, TextEncoder, TextDecoder, Headers };
