import { CommandFailure } from './problem';
import type { ReadFile } from './operation';
import { base64OfOctets } from './octets';

/** One part of a form (`-F`). Texts are bytes. */
export interface FormPart {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly value: string;
}

export interface FormOptions {
  readonly readFile: ReadFile;
  readonly warn: (text: string) => void;
  /** What curl does and this does not. */
  readonly refuse: (name: string) => void;
  /** `--form-escape`: names with backslashes rather than percent codes. */
  readonly backslashes: boolean;
}

/** The parts as one body. */
export function multipartBody(parts: readonly FormPart[], boundary: string): string {
  const written = parts.map(({ headers, value }) => {
    const lines = headers.map(([name, text]) => `${name}: ${text}\r\n`).join('');
    return `--${boundary}\r\n${lines}\r\n${value}\r\n`;
  });
  return `${written.join('')}--${boundary}--\r\n`;
}

/** Between several files of one field; the real one is random. */
const innerBoundary = '------------------------0000000000000000';

/** A `type=` that is none. */
export class BadType extends Error {}

const typesByEnding: readonly (readonly [ending: RegExp, type: string])[] = [
  [/\.gif$/i, 'image/gif'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.png$/i, 'image/png'],
  [/\.svg$/i, 'image/svg+xml'],
  [/\.txt$/i, 'text/plain'],
  [/\.html?$/i, 'text/html'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.xml$/i, 'application/xml'],
];

const typeOf = (name: string): string | undefined => typesByEnding.find(([ending]) => ending.test(name))?.[1];

interface Described {
  readonly data: string;
  readonly type?: string;
  readonly filename?: string;
  readonly headers: readonly string[];
  readonly encoder?: string;
}

/** `name=content` of `-F`, after curl's `formparse.c`. Undefined when it has no `=`. */
export function formParts(input: string, literal: boolean, options: FormOptions): readonly FormPart[] | undefined {
  const equals = input.indexOf('=');
  if (equals < 0) {
    options.warn('Illegally formatted input field!');
    return undefined;
  }
  const name = input.slice(0, equals);
  const content = input.slice(equals + 1);
  if (literal) return [partOf(name, { data: content, headers: [] }, content, options)];
  if (/^\(|^\)$/.test(content)) options.refuse(`-F ${input}`);
  const reader = new PartReader(content, options);
  if (content.startsWith('@')) return [fileField(name, reader.files(), options)];
  if (content.startsWith('<')) {
    const { filename: _none, ...file } = reader.described(1);
    const type = file.type ?? typeOf(file.data);
    const plain = type === 'text/plain' && file.type === undefined;
    const described = plain || type === undefined ? file : { ...file, type };
    return [partOf(name, described, contentOf(file.data, options), options)];
  }
  const described = reader.described(0);
  const type = described.type ?? (described.filename === undefined ? undefined : typeOf(described.filename));
  return [partOf(name, { ...described, ...(type !== undefined && { type }) }, described.data, options)];
}

/** Several files of one field are a body of their own. */
function fileField(name: string, files: readonly Described[], options: FormOptions): FormPart {
  const parts = files.map((file) => {
    const filename = file.filename ?? file.data.replace(/^.*\//s, '');
    const type = file.type ?? typeOf(filename) ?? typeOf(file.data) ?? 'application/octet-stream';
    return partOf(files.length > 1 ? '' : name, { ...file, filename, type }, contentOf(file.data, options), options);
  });
  if (parts.length === 1) return parts[0]!;
  const attachments = parts.map(({ headers, value }) => ({
    headers: headers.map(([field, text]) => [field, text.replace(/^form-data/, 'attachment')] as const),
    value,
  }));
  const type = `multipart/mixed; boundary=${innerBoundary}`;
  return partOf(name, { data: '', type, headers: [] }, multipartBody(attachments, innerBoundary), options);
}

function contentOf(file: string, { readFile }: FormOptions): string {
  const content = readFile(file);
  if (content === undefined)
    throw new CommandFailure(26, 'curl: (26) Failed to open/read local data from file/application');
  return content;
}

function partOf(name: string, described: Described, value: string, options: FormOptions): FormPart {
  const { filename, type, encoder, headers } = described;
  const escaped = (text: string): string =>
    options.backslashes
      ? text.replace(/["\\]/g, '\\$&')
      : text.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  const disposition =
    `form-data${name === '' ? '' : `; name="${escaped(name)}"`}` +
    (filename === undefined ? '' : `; filename="${escaped(filename)}"`);
  return {
    headers: [
      ['Content-Disposition', disposition],
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
      ...(encoder === undefined ? [] : [['Content-Transfer-Encoding', encoder] as const]),
      ...headers.map((header): [string, string] => {
        const [, field = header, text = ''] = /^([^:]*):\s*([\s\S]*)$/.exec(header) ?? [];
        return [field, text];
      }),
    ],
    value: encoder === undefined ? value : encoded(value, encoder, options),
  };
}

function encoded(value: string, encoder: string, { refuse }: FormOptions): string {
  if (encoder === 'base64') return base64OfOctets(value).replace(/.{76}(?=.)/g, '$&\r\n');
  if (!/^(?:7bit|8bit|binary)$/.test(encoder)) refuse(`encoder=${encoder}`);
  return value;
}

/** What stands behind the `=`: data, and what is said of it behind semicolons. */
class PartReader {
  readonly #text: string;
  readonly #options: FormOptions;
  #at = 0;

  constructor(text: string, options: FormOptions) {
    this.#text = text;
    this.#options = options;
  }

  /** `@one,two`. */
  files(): Described[] {
    const files: Described[] = [];
    do files.push(this.described(this.#at + 1, ','));
    while (this.#text[this.#at] === ',');
    return files;
  }

  described(from: number, end = ''): Described {
    this.#at = from;
    this.#blanks();
    const data = this.#word(end);
    const found: { type?: string; filename?: string; encoder?: string } = {};
    const headers: string[] = [];
    while (this.#text[this.#at] === ';') {
      this.#at += 1;
      this.#blanks();
      const [, key] = /^(type|filename|headers|encoder)=/i.exec(this.#text.slice(this.#at)) ?? [];
      if (key !== undefined) {
        this.#at += key.length + 1;
        this.#blanks();
      }
      switch (key?.toLowerCase()) {
        case 'type':
          found.type = this.#type(end);
          break;
        case 'filename':
          found.filename = this.#word(end);
          break;
        case 'encoder':
          found.encoder = this.#word(end);
          break;
        case 'headers':
          headers.push(this.#word(end));
          break;
        default: {
          const unknown = this.#word(end);
          if (unknown !== '') this.#options.warn(`skip unknown form field: ${unknown}`);
        }
      }
    }
    return { data, headers, ...found };
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  /** A content type goes on over parameters such as `; charset=utf-8`. */
  #type(end: string): string {
    const pattern = end === '' ? /[^;]*/y : /[^;,]*/y;
    let type = '';
    for (;;) {
      pattern.lastIndex = this.#at;
      const piece = pattern.exec(this.#text)![0];
      type += piece;
      this.#at += piece.length;
      const rest = this.#text.slice(this.#at);
      if (!rest.startsWith(';') || /^;\s*(?:filename|headers|encoder)=/i.test(rest)) break;
      type += ';';
      this.#at += 1;
    }
    if (!/^[^/ ]+\/[^;, \n]+/.test(type)) {
      this.#options.warn('Illegally formatted content-type field!');
      throw new BadType();
    }
    return type.trimEnd();
  }

  /** Up to a semicolon, or quoted. */
  #word(end: string): string {
    const [whole, inside] = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(this.#text.slice(this.#at)) ?? [];
    const plain = end === '' ? /[^;]*/y : /[^;,]*/y;
    this.#at += whole?.length ?? 0;
    plain.lastIndex = this.#at;
    const rest = plain.exec(this.#text)![0];
    this.#at += rest.length;
    if (inside === undefined) return rest.trimEnd();
    if (rest.trim() !== '') this.#options.warn('Trailing data after quoted form parameter');
    return inside.replace(/\\(["\\])/g, '$1');
  }
}
