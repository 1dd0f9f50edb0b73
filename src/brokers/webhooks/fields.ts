import { invalid } from './api-error';

/** Reads the fields of an API call's body; what is not as it should be is refused with its path, as the real API does. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string;

  constructor(given: unknown, path: string) {
    this.#values = Fields.of(given, path);
    this.#path = path;
  }

  static of(given: unknown, path: string): Readonly<Record<string, unknown>> {
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw invalid(path, 'value is not a valid dict');
    return given as Record<string, unknown>;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  value(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    const value = this.#values[name];
    if (value === undefined || value === null) throw this.#wrong(name, 'field required');
    if (typeof value !== 'string') throw this.#wrong(name, 'str type expected');
    if (value === '') throw this.#wrong(name, 'ensure this value has at least 1 characters');
    return value;
  }

  optionalText(name: string, shape?: RegExp): string | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.#wrong(name, 'str type expected');
    if (shape !== undefined && !shape.test(value))
      throw this.#wrong(name, `string does not match regex "${shape.source}"`);
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'boolean') throw this.#wrong(name, 'value could not be parsed to a boolean');
    return value;
  }

  /** A whole number from 1 on. */
  count(name: string): number | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (!Number.isSafeInteger(value) || (value as number) < 1)
      throw this.#wrong(name, 'ensure this value is a whole number greater than 0');
    return value as number;
  }

  /** Undefined when it is absent or empty. */
  list(name: string): readonly string[] | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value) || !value.every((each) => typeof each === 'string'))
      throw this.#wrong(name, 'value is not a valid list of str');
    return value.length === 0 ? undefined : value;
  }

  texts(name: string): Readonly<Record<string, string>> {
    const value = this.#values[name] ?? {};
    const all = Fields.of(value, `${this.#path}.${name}`);
    for (const [key, each] of Object.entries(all))
      if (typeof each !== 'string') throw this.#wrong(`${name}.${key}`, 'str type expected');
    return all as Readonly<Record<string, string>>;
  }

  /** Names and values of headers that may be added. */
  headers(name: string): Readonly<Record<string, string>> {
    const all = this.texts(name);
    for (const [header, value] of Object.entries(all)) {
      if (!/^[!#$%&'*+\-.^_`|~\w]+$/.test(header))
        throw this.#wrong(name, `${JSON.stringify(header)} is no name of a header`);
      if (/[^\t\x20-\x7e\x80-\xff]/.test(value))
        throw this.#wrong(name, `Invalid character in header content ["${header}"]`);
      if (/^(?:webhook|svix)-|^(?:host|content-length|content-type|user-agent)$/i.test(header))
        throw this.#wrong(name, `The header ${header} is the sender's own`);
    }
    return all;
  }

  /** `whsec_` and 24 to 64 bytes in base64. */
  secret(name: string): string | undefined {
    const value = this.optionalText(name);
    if (value === undefined) return undefined;
    if (!isSecret(value)) throw this.#wrong(name, secretRule);
    return value;
  }

  #wrong(name: string, message: string): Error {
    return invalid(`${this.#path}.${name}`, message);
  }
}

export const secretRule = 'Secret must be whsec_ and between 24 and 64 bytes in base64';

/** Whether it can be the secret of an endpoint. docs.svix.com/receiving/verifying-payloads/how-manual */
export function isSecret(value: string): boolean {
  const [, key = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(value) ?? [];
  const bytes = key.length % 4 === 0 ? (key.length / 4) * 3 - (key.match(/=/g)?.length ?? 0) : 0;
  return bytes >= 24 && bytes <= 64;
}
