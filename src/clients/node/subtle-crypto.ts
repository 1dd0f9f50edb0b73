/**
 * `crypto.subtle` as far as webhooks need it: HMAC keys, signatures and digests. Everything else rejects with a `NotSupportedError`.
 * Sentences follow Node 20, `lib/internal/crypto` (MIT, copyright Node.js contributors).
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { DOMException } from './dom-exception';
import { decodeText, encodeText } from './encoding';
import { nodeError } from './node-error';
import { isAnyArrayBuffer, isArrayBufferView } from './value-kind';

type Digest = typeof sha256;

const digests: Readonly<Record<string, Digest>> = {
  'SHA-1': sha1 as unknown as Digest,
  'SHA-256': sha256,
  'SHA-384': sha384 as unknown as Digest,
  'SHA-512': sha512 as unknown as Digest,
};

interface HmacAlgorithm {
  readonly name: 'HMAC';
  readonly hash: { readonly name: string };
  readonly length: number;
}

type Named = string | { readonly name?: unknown; readonly hash?: unknown; readonly length?: unknown };

/** What is inside a key, which only `subtle` sees. */
const secrets = new WeakMap<object, Uint8Array>();

export class CryptoKey {
  readonly type: string;
  readonly extractable: boolean;
  readonly algorithm: HmacAlgorithm;
  readonly usages: readonly string[];

  constructor(secret?: Uint8Array, about?: Omit<CryptoKey, 'type'>) {
    if (!secret || !about) throw nodeError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.type = 'secret';
    this.extractable = about.extractable;
    this.algorithm = about.algorithm;
    this.usages = about.usages;
    secrets.set(this, secret);
  }
}
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey' });

function bytesOf(data: unknown, method: string, ordinal: string): Uint8Array {
  if (isArrayBufferView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (isAnyArrayBuffer(data)) return new Uint8Array(data);
  const message = `Failed to execute '${method}' on 'SubtleCrypto': ${ordinal} argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', message);
}

const unrecognized = () => new DOMException('Unrecognized algorithm name', 'NotSupportedError');

function digestOf(given: unknown): readonly [name: string, digest: Digest] {
  const written = typeof given === 'string' ? given : (given as { name?: unknown } | undefined)?.name;
  const name = typeof written === 'string' ? written.toUpperCase() : '';
  if (!Object.hasOwn(digests, name)) throw unrecognized();
  return [name, digests[name]!];
}

/** The hash that an HMAC key is for. */
function hashOf(algorithm: Named): readonly [name: string, digest: Digest] {
  requireHmac(algorithm);
  if (typeof algorithm === 'string' || algorithm.hash === undefined) {
    const message =
      "Failed to normalize algorithm: passed algorithm can not be converted to 'HmacImportParams' because 'hash' is required in 'HmacImportParams'.";
    throw nodeError(TypeError, 'ERR_MISSING_OPTION', message);
  }
  return digestOf(algorithm.hash);
}

function requireHmac(algorithm: Named): void {
  const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
  if (typeof name !== 'string' || name.toUpperCase() !== 'HMAC') throw unrecognized();
}

const usagesKnown = ['sign', 'verify'];

function keyOf(secret: Uint8Array, algorithm: Omit<HmacAlgorithm, 'name'>, extractable: unknown, usages: unknown) {
  const wanted = [...(usages as Iterable<string>)];
  if (wanted.some((usage) => !usagesKnown.includes(usage))) {
    throw new DOMException('Unsupported key usage for an HMAC key', 'SyntaxError');
  }
  if (wanted.length === 0) {
    throw new DOMException('Usages cannot be empty when importing a secret key.', 'SyntaxError');
  }
  return new CryptoKey(secret, {
    extractable: Boolean(extractable),
    algorithm: { name: 'HMAC', ...algorithm },
    usages: usagesKnown.filter((usage) => wanted.includes(usage)),
  });
}

function secretOf(key: CryptoKey, usage: string): Uint8Array {
  const secret = secrets.get(key);
  if (secret === undefined || !key.usages.includes(usage)) {
    throw new DOMException(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  }
  return secret;
}

function signed(key: CryptoKey, usage: string, data: unknown): Uint8Array {
  const secret = secretOf(key, usage);
  return hmac(digestOf(key.algorithm.hash)[1], secret, bytesOf(data, usage, usage === 'sign' ? '3rd' : '4th'));
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

type ExportFormat = 'raw' | 'jwk';

function requireFormat(format: unknown, method: string): asserts format is ExportFormat {
  if (format === 'raw' || format === 'jwk') return;
  if (format === 'pkcs8' || format === 'spki') {
    throw new DOMException(`Unable to import HMAC key with format ${format}`, 'NotSupportedError');
  }
  const message = `Failed to execute '${method}' on 'SubtleCrypto': 1st argument value '${String(format)}' is not a valid enum value of type KeyFormat.`;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', message);
}

const notSimulated = (method: string) => async (): Promise<never> => {
  throw new DOMException(
    `crypto.subtle.${method} is not simulated: digest, and sign and verify with HMAC, are.`,
    'NotSupportedError',
  );
};

/** `randomBytes` is the process's own chance. */
export function createSubtle(randomBytes: (count: number) => Uint8Array): object {
  const methods = {
    async digest(algorithm: unknown, data: unknown) {
      const bytes = bytesOf(data, 'digest', '2nd');
      return bufferOf(digestOf(algorithm)[1](bytes));
    },
    async importKey(format: unknown, data: unknown, algorithm: Named, extractable: unknown, usages: unknown) {
      requireFormat(format, 'importKey');
      const [name] = hashOf(algorithm);
      const secret = Uint8Array.from(
        format === 'jwk'
          ? encodeText(String((data as { k?: unknown }).k), 'base64url')
          : bytesOf(data, 'importKey', '2nd'),
      );
      const key = keyOf(secret, { hash: { name }, length: secret.length * 8 }, extractable, usages);
      if (secret.length > 0) return key;
      throw Object.defineProperty(new DOMException('Zero-length key is not supported', 'DataError'), 'code', {
        value: 0,
      });
    },
    async generateKey(algorithm: Named, extractable: unknown, usages: unknown) {
      const [name, digest] = hashOf(algorithm);
      const asked = typeof algorithm === 'object' ? algorithm.length : undefined;
      const length = typeof asked === 'number' ? asked : digest.blockLen * 8;
      const secret = Uint8Array.from(randomBytes(Math.ceil(length / 8)));
      return keyOf(secret, { length, hash: { name } }, extractable, usages);
    },
    async exportKey(format: unknown, key: CryptoKey) {
      requireFormat(format, 'exportKey');
      if (!key.extractable) throw new DOMException('key is not extractable', 'InvalidAccessException');
      const secret = secrets.get(key)!;
      if (format === 'raw') return bufferOf(secret);
      const alg = `HS${key.algorithm.hash.name.slice(4)}`;
      return { key_ops: [...key.usages], ext: true, kty: 'oct', k: decodeText(secret, 'base64url'), alg };
    },
    async sign(algorithm: Named, key: CryptoKey, data: unknown) {
      requireHmac(algorithm);
      return bufferOf(signed(key, 'sign', data));
    },
    async verify(algorithm: Named, key: CryptoKey, signature: unknown, data: unknown) {
      requireHmac(algorithm);
      const [own, given] = [signed(key, 'verify', data), bytesOf(signature, 'verify', '3rd')];
      let difference = own.length ^ given.length;
      own.forEach((byte, index) => (difference |= byte ^ (given[index] ?? 0)));
      return difference === 0;
    },
    ...Object.fromEntries(
      ['encrypt', 'decrypt', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'].map((name) => [
        name,
        notSimulated(name),
      ]),
    ),
  };
  return Object.defineProperty(methods, Symbol.toStringTag, { value: 'SubtleCrypto' });
}
