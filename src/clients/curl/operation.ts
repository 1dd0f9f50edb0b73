import { BadType, type FormPart, formParts } from './multipart';
import { percentEncoded } from './octets';
import type { Option } from './options';
import { CommandFailure, type NotSimulated, type Place } from './problem';
import type { ShellWord } from './shell-script';

/** A file of the working directory as bytes; undefined when there is none of this name. */
export type ReadFile = (name: string) => string | undefined;

export interface OperationReport {
  warn(text: string, place: Place): void;
  passwordMissing(place: Place): void;
  standardInput(name: string, place: Place): void;
  refused(what: NotSimulated, name: string, place: Place): void;
}

/** An option gives up in words that follow its name: `curl: option -m: expected a proper numerical parameter`. */
export class OptionFailure extends Error {
  readonly exitCode: number;

  constructor(text: string, exitCode = 2) {
    super(text);
    this.exitCode = exitCode;
  }
}

const methodNames = {
  get: 'GET (-G, --get)',
  head: 'HEAD (-I, --head)',
  form: 'multipart formpost (-F, --form)',
  post: 'POST (-d, --data)',
  put: 'PUT (-T, --upload-file)',
} as const;

const seconds = ['max-time', 'connect-timeout', 'expect100-timeout'];
const counts = [
  'retry',
  'retry-delay',
  'retry-max-time',
  'speed-limit',
  'speed-time',
  'keepalive-time',
  'parallel-max',
];

function patternOfNumber(name: string): RegExp | undefined {
  if (seconds.includes(name)) return /^\d+(?:\.\d*)?$/;
  if (counts.includes(name)) return /^\d+$/;
  return name === 'max-redirs' ? /^-?\d+$/ : undefined;
}

/** Options of which the last one counts, as it was given. */
const textFields: Readonly<Record<string, 'userAgent' | 'method' | 'bearer' | 'requestTarget'>> = {
  'user-agent': 'userAgent',
  request: 'method',
  'oauth2-bearer': 'bearer',
  'request-target': 'requestTarget',
};

const switchFields: Readonly<
  Record<string, 'get' | 'compressed' | 'globOff' | 'pathAsIs' | 'transferEncoding' | 'formEscape'>
> = {
  get: 'get',
  compressed: 'compressed',
  globoff: 'globOff',
  'path-as-is': 'pathAsIs',
  'tr-encoding': 'transferEncoding',
  'form-escape': 'formEscape',
};

/** What the options up to `--next` or the end ask for. Texts are bytes. */
export class Operation {
  readonly urls: ShellWord[] = [];
  readonly uploads: ShellWord[] = [];
  readonly headers: string[] = [];
  readonly cookies: string[] = [];
  readonly form: FormPart[] = [];
  /** How the answer to each URL is kept. */
  readonly outputs: ('output' | 'remote-name')[] = [];
  /** A file of the form cannot be read, which curl sees only when it would send it. */
  unreadable: CommandFailure | undefined;
  kind: keyof typeof methodNames | undefined;
  method: string | undefined;
  data: string | undefined;
  query: string | undefined;
  user: string | undefined;
  bearer: string | undefined;
  userAgent: string | undefined;
  referer: string | undefined;
  range: string | undefined;
  requestTarget: string | undefined;
  defaultScheme: string | undefined;
  get = false;
  json = false;
  compressed = false;
  globOff = false;
  pathAsIs = false;
  http2 = false;
  transferEncoding = false;
  formEscape = false;

  readonly #readFile: ReadFile;
  readonly #report: OperationReport;

  constructor(readFile: ReadFile, report: OperationReport) {
    this.#readFile = readFile;
    this.#report = report;
  }

  /** `value` is what the option takes; `on` is false behind `--no-`. */
  apply({ name }: Option, value: ShellWord, on: boolean): void {
    const text = value.octets;
    this.#checkNumber(name, text);
    const textField = textFields[name];
    if (textField) this[textField] = text;
    const switchField = switchFields[name];
    if (switchField) this[switchField] = on;
    switch (name) {
      case 'url':
        this.urls.push(value);
        break;
      case 'upload-file':
        this.uploads.push(value);
        break;
      case 'output':
      case 'remote-name':
        this.outputs.push(name);
        break;
      case 'data':
      case 'data-ascii':
      case 'data-binary':
      case 'json':
        this.#addData(this.#dataOf(name, value), name === 'json' ? '' : '&');
        this.json ||= name === 'json';
        break;
      case 'data-raw':
        this.#addData(text, '&');
        break;
      case 'data-urlencode':
        this.#addData(this.#urlEncoded(value), '&');
        break;
      case 'url-query': {
        const added = text.startsWith('+') ? text.slice(1) : this.#urlEncoded(value);
        this.query = this.query === undefined ? added : `${this.query}&${added}`;
        break;
      }
      case 'form':
      case 'form-string':
        this.#addForm(value, name === 'form-string');
        break;
      case 'head':
        this.choose(on ? 'head' : 'get', value);
        break;
      case 'header':
        this.headers.push(...this.#headersOf(value));
        break;
      case 'cookie':
        // Without a `=` it names a file of cookies, of which there is none.
        if (/^(?!@).*=/s.test(text)) this.cookies.push(text);
        break;
      case 'user':
        this.user = this.#credentialsOf(value);
        break;
      case 'referer':
        this.referer = text.replace(/;auto$/, '');
        break;
      case 'range':
        this.range = this.#rangeOf(value);
        break;
      case 'proto-default':
        this.defaultScheme = text.toLowerCase();
        break;
      case 'http2':
      case 'http1.0':
      case 'http1.1':
        this.http2 = name === 'http2';
        break;
      default:
      // It changes what becomes of the answer, or how it is waited for, not what is sent.
    }
  }

  /** Only one of the kinds of request can be asked for. */
  choose(kind: keyof typeof methodNames, place: Place): void {
    if (this.kind !== undefined && this.kind !== kind) {
      const both = `You asked for both ${methodNames[kind]} and ${methodNames[this.kind]}.`;
      this.#report.warn(`You can only select one HTTP request method! ${both}`, place);
      throw new OptionFailure('is badly used here');
    }
    this.kind = kind;
  }

  #credentialsOf(value: ShellWord): string {
    if (value.octets.includes(':')) return value.octets;
    this.#report.passwordMissing(value);
    return `${value.octets}:`;
  }

  #addData(added: string, between: string): void {
    this.data = this.data === undefined ? added : `${this.data}${between}${added}`;
  }

  #dataOf(name: string, value: ShellWord): string {
    const text = value.octets;
    if (!text.startsWith('@')) return text;
    const content = this.#content(text.slice(1), text.slice(1), value);
    return name === 'data' || name === 'data-ascii' ? content.replace(/[\r\n\0]/g, '') : content;
  }

  #content(file: string, named: string, value: ShellWord): string {
    const content = this.#readFile(file);
    if (file === '-' && content === undefined) {
      this.#report.standardInput('@-', value);
      return '';
    }
    if (content !== undefined) return content;
    this.#report.warn(`Couldn't read data from file "${named}", this makes an empty POST.`, value);
    return '';
  }

  /** `content`, `=content`, `name=content`, `@file` or `name@file`. */
  #urlEncoded(value: ShellWord): string {
    const text = value.octets;
    const [, name = '', sign, rest = ''] =
      /^([^=]*)(=)([\s\S]*)$/.exec(text) ?? /^([^@]*)(@)([\s\S]*)$/.exec(text) ?? [];
    if (sign === '@' && rest !== '-' && this.#readFile(rest) === undefined) return this.#content(rest, text, value);
    const content = sign === undefined ? text : sign === '@' ? this.#content(rest, text, value) : rest;
    const encoded = percentEncoded(content).replace(/%20/g, '+');
    return name === '' ? encoded : `${name}=${encoded}`;
  }

  #addForm(value: ShellWord, literal: boolean): void {
    const warn = (text: string): void => this.#report.warn(text, value);
    if (/^[^=]*=[@<]-(?:;|,|$)/.test(value.octets) && !literal) this.#report.standardInput('@-', value);
    const options = {
      readFile: this.#readFile,
      warn,
      refuse: (name: string): void => this.#report.refused('option', name, value),
      backslashes: this.formEscape,
    };
    try {
      const parts = formParts(value.octets, literal, options);
      if (!parts) throw new OptionFailure('is badly used here');
      this.form.push(...parts);
    } catch (error) {
      if (error instanceof BadType) throw new OptionFailure('is badly used here');
      if (!(error instanceof CommandFailure)) throw error;
      this.unreadable ??= error;
    }
    this.choose('form', value);
  }

  #headersOf(value: ShellWord): string[] {
    const text = value.octets;
    if (/[\r\n]/.test(text)) this.#report.refused('header-line-break', text, value);
    if (!text.startsWith('@')) return [text];
    if (text === '@-') this.#report.standardInput('@-', value);
    const content = this.#readFile(text.slice(1));
    if (content === undefined) {
      this.#report.warn(`Failed to open ${text.slice(1)}!`, value);
      return [];
    }
    return content.split(/\r?\n/).filter((line) => line !== '');
  }

  #rangeOf(value: ShellWord): string {
    if (value.octets.includes('-')) return value.octets;
    this.#report.warn('A specified range MUST include at least one dash (-). Appending one for you!', value);
    return `${value.octets}-`;
  }

  #checkNumber(name: string, text: string): void {
    const pattern = patternOfNumber(name);
    if (!pattern || pattern.test(text)) return;
    if (/^-\d/.test(text)) throw new OptionFailure('expected a positive numerical parameter');
    throw new OptionFailure('expected a proper numerical parameter');
  }
}

/** Data become part of the URL, or make the request a POST. */
export function settle(operation: Operation, place: Place): void {
  try {
    if (operation.data !== undefined) {
      if (!operation.get) operation.choose('post', place);
      else if (operation.kind !== 'head') operation.choose('get', place);
    }
    if (operation.uploads.length > 0 && !operation.get) operation.choose('put', place);
  } catch (error) {
    if (error instanceof OptionFailure) throw new CommandFailure(2, '');
    throw error;
  }
}
