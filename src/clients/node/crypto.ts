/**
 * `node:crypto`: hashes, signatures and chance. Chance comes from the process's own stream, so a run repeats it.
 * Texts follow Node 20, `lib/internal/crypto` (MIT, copyright Node.js contributors).
 */
import { hmac } from '@noble/hashes/hmac.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_256, sha3_512 } from '@noble/hashes/sha3.js';
import { bufferOn } from './buffer';
import type { BufferInstance } from './buffer';
import { decodeText, encodeText, encodingOf } from './encoding';
import { DOMException } from './dom-exception';
import type { ProcessEnvironment } from './environment';
import {
  invalidArgType,
  nodeError,
  outOfRange,
  requireFunction,
  requireInteger,
  requireString,
  textOf,
} from './node-error';
import { createSubtle } from './subtle-crypto';
import { isAnyArrayBuffer, isArrayBufferView } from './value-kind';

type Algorithm = typeof sha256;

const algorithms: Record<string, Algorithm> = {
  md5: md5 as unknown as Algorithm,
  ripemd160: ripemd160 as unknown as Algorithm,
  sha1: sha1 as unknown as Algorithm,
  sha224,
  sha256,
  sha384: sha384 as unknown as Algorithm,
  sha512: sha512 as unknown as Algorithm,
  'sha512-256': sha512_256 as unknown as Algorithm,
  'sha3-256': sha3_256 as unknown as Algorithm,
  'sha3-512': sha3_512 as unknown as Algorithm,
};

const findAlgorithm = (name: string): Algorithm | undefined => algorithms[name.toLowerCase().replace(/^rsa-/, '')];

function bytesOf(data: unknown, name: string, encoding: unknown, expected: readonly string[]): Uint8Array {
  if (typeof data === 'string') return encodeText(data, encodingOf(textOf(encoding ?? 'utf8')) ?? 'utf8');
  if (isArrayBufferView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isAnyArrayBuffer(data)) return new Uint8Array(data);
  throw invalidArgType(name, expected, data);
}

const dataTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];
const keyTypes = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];

/** Bytes as text in an encoding, or as a buffer without one. */
function encoded(bytes: Uint8Array, encoding: unknown): string | BufferInstance {
  if (encoding === undefined || encoding === null || encoding === 'buffer') return bufferOn(bytes);
  const known = encodingOf(textOf(encoding));
  return known === undefined ? bufferOn(bytes) : decodeText(bytes, known);
}

interface Digesting {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): Digesting;
}

const alreadyDigested = () => nodeError(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');

class Hash {
  readonly #digesting: Digesting;
  #isFinished = false;

  constructor(digesting: Digesting) {
    this.#digesting = digesting;
  }

  update(data: unknown, encoding?: unknown): this {
    if (this.#isFinished) throw alreadyDigested();
    this.#digesting.update(bytesOf(data, 'data', encoding, dataTypes));
    return this;
  }

  digest(encoding?: unknown): string | BufferInstance {
    if (this.#isFinished) throw alreadyDigested();
    this.#isFinished = true;
    return encoded(this.#digesting.digest(), encoding);
  }

  copy(): Hash {
    if (this.#isFinished) throw alreadyDigested();
    return new Hash(this.#digesting.clone());
  }
}

class Hmac {
  readonly #digesting: Digesting;
  #isFinished = false;

  constructor(digesting: Digesting) {
    this.#digesting = digesting;
  }

  update(data: unknown, encoding?: unknown): this {
    if (this.#isFinished) throw alreadyDigested();
    this.#digesting.update(bytesOf(data, 'data', encoding, dataTypes));
    return this;
  }

  /** A second time it is empty, as in Node. */
  digest(encoding?: unknown): string | BufferInstance {
    if (this.#isFinished) return encoded(new Uint8Array(0), encoding);
    this.#isFinished = true;
    return encoded(this.#digesting.digest(), encoding);
  }
}

function createHash(name: unknown): Hash {
  requireString(name, 'algorithm');
  const algorithm = findAlgorithm(name);
  if (algorithm !== undefined) return new Hash(algorithm.create());
  throw new Error('Digest method not supported');
}

function createHmac(name: unknown, key: unknown): Hmac {
  requireString(name, 'hmac');
  const secret = bytesOf(key, 'key', 'utf8', keyTypes);
  const algorithm = findAlgorithm(name);
  if (algorithm === undefined) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
  return new Hmac(hmac.create(algorithm, secret) as Digesting);
}

function timingSafeEqual(a: unknown, b: unknown): boolean {
  const types = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'];
  const check = (value: unknown, name: string) => {
    if (typeof value !== 'string' && (isArrayBufferView(value) || isAnyArrayBuffer(value)))
      return bytesOf(value, name, undefined, types);
    // Node's own check of it does not say what was received.
    const { message } = invalidArgType(name, types, value);
    throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', message.replace(/ Received .*$/s, ''));
  };
  const [left, right] = [check(a, 'buf1'), check(b, 'buf2')];
  if (left.length !== right.length) {
    const message = 'Input buffers must have the same byte length';
    throw nodeError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', message);
  }
  return left.every((byte, i) => byte === right[i]);
}

function hash(name: unknown, data: unknown, encoding: unknown = 'hex'): string | BufferInstance {
  return createHash(name).update(data).digest(encoding);
}

function pbkdf2Sync(password: unknown, salt: unknown, iterations: number, length: number, digest: unknown) {
  requireString(digest, 'digest');
  const algorithm = findAlgorithm(digest);
  if (algorithm === undefined) throw nodeError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
  const [secret, grains] = [bytesOf(password, 'password', 'utf8', dataTypes), bytesOf(salt, 'salt', 'utf8', dataTypes)];
  return bufferOn(pbkdf2(algorithm, secret, grains, { c: iterations, dkLen: length }));
}

export interface Randomness {
  randomUUID(): string;
  randomBytes(count: unknown, callback?: unknown): BufferInstance | undefined;
  randomInt(...args: unknown[]): number | undefined;
  randomFillSync<T extends ArrayBufferView>(view: T): T;
  getRandomValues<T extends ArrayBufferView>(view: T): T;
}

const hexOf = (bytes: Uint8Array): string => decodeText(bytes, 'hex');

function createRandomness(environment: Pick<ProcessEnvironment, 'randomBytes' | 'nextTick' | 'bind'>): Randomness {
  const later = (callback: unknown, value: unknown): undefined => {
    requireFunction(callback, 'callback');
    const call = environment.bind(() => Reflect.apply(callback, undefined, [null, value]) as unknown);
    environment.nextTick(call);
  };
  const fill = <T extends ArrayBufferView>(view: T): T => {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(environment.randomBytes(view.byteLength));
    return view;
  };
  /** At least 0, below `range`, each as likely: too large a draw is drawn again. */
  const below = (range: number): number => {
    const limit = 2 ** 48 - (2 ** 48 % range);
    for (;;) {
      const drawn = environment.randomBytes(6).reduce((value, byte) => value * 256 + byte, 0);
      if (drawn < limit) return drawn % range;
    }
  };
  return {
    randomUUID() {
      const bytes = Uint8Array.from(environment.randomBytes(16));
      bytes[6] = (bytes[6]! & 0x0f) | 0x40;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
    randomBytes(count, callback) {
      requireInteger(count, 'size', 0, 2 ** 31 - 1);
      const bytes = bufferOn(Uint8Array.from(environment.randomBytes(count)));
      return callback === undefined ? bytes : later(callback, bytes);
    },
    randomInt(...args) {
      const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
      const [min, max] = args.length === 1 ? [0, args[0]] : args;
      requireInteger(min, 'min');
      requireInteger(max, 'max');
      if (max <= min) {
        throw outOfRange('max', `greater than the value of "min" (${min})`, max);
      }
      if (max - min >= 2 ** 48)
        throw outOfRange(args.length === 1 ? 'max' : 'max - min', '<= 281474976710655', max - min);
      const value = min + below(max - min);
      return callback === undefined ? value : later(callback, value);
    },
    randomFillSync: fill,
    getRandomValues(view) {
      if (!isArrayBufferView(view)) {
        throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
      }
      if (view.byteLength > 65536) {
        const message = `The requested length exceeds 65,536 bytes`;
        throw new DOMException(message, 'QuotaExceededError');
      }
      return fill(view);
    },
  };
}

export type CryptoModule = ReturnType<typeof createCrypto>;

export function createCrypto(environment: Pick<ProcessEnvironment, 'randomBytes' | 'nextTick' | 'bind'>) {
  return {
    ...createRandomness(environment),
    createHash,
    createHmac,
    hash,
    getHashes: () => Object.keys(algorithms),
    pbkdf2Sync,
    timingSafeEqual,
    subtle: createSubtle((count) => environment.randomBytes(count)),
    Hash,
    Hmac,
  };
}

/** The global `crypto`. */
export function createWebCrypto({ randomUUID, getRandomValues, subtle }: CryptoModule): object {
  const crypto: object = { randomUUID, getRandomValues, subtle };
  Object.defineProperty(crypto, Symbol.toStringTag, { value: 'Crypto' });
  return crypto;
}
