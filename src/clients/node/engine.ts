/**
 * The few things taken from the engine as they are: pure, the same everywhere, and not worth writing again. They are
 * taken when this module loads, before anyone changes the global object.
 */
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

const { URL, URLSearchParams, TextEncoder, TextDecoder, Headers } = globalThis as unknown as Engine;

export const engine: Engine = { URL, URLSearchParams, TextEncoder, TextDecoder, Headers };
