import { type CommandLineReport, nothingToSend, readCommandLine } from './command-line';
import { type CurlUrl, parseCurlUrl } from './curl-url';
import { octetsOf, percentEncoded, textOfOctets } from './octets';
import { type Operation, settle } from './operation';
import { CommandFailure, type Place, type Problem } from './problem';
import { type CurlRequest, requestTo, type Upload } from './request';
import { readShell, type ShellCommand, type ShellWord } from './shell-script';
import { globbed } from './url-glob';

/** A pasted command, as understood. */
export interface CurlReading {
  /** What curl 7.88 would send for it, in order, as far as it gets; `blocks` of the problems says whether it may be relied on. */
  readonly requests: readonly CurlRequest[];
  /** In the order in which they are met. */
  readonly problems: readonly Problem[];
  /** With which the shell would end if every server answered. */
  readonly exitCode: number;
}

export interface CurlSurroundings {
  /** Text of the files of the working directory, by name, for `-d @name`, `-F x=@name` and `-T name`. Default none. */
  readonly files?: Readonly<Record<string, string>>;
}

const headByHand =
  'Setting custom HTTP method to HEAD with -X/--request may not work the way you want. ' +
  'Consider using -I/--head instead.';

/** How many requests one pasted text may make. */
export const requestsMax = 1000;

/** Reads a text as bash reads it, and its curl commands as curl 7.88 does. Never throws. */
export function readCurl(text: string, { files = {} }: CurlSurroundings = {}): CurlReading {
  return new CurlReader(files).read(text);
}

class CurlReader {
  readonly #files: Readonly<Record<string, string>>;
  readonly #requests: CurlRequest[] = [];
  readonly #problems: Problem[] = [];
  #silent = { warnings: false, errors: false };
  /** What the command reads: a here-document, or what `echo` wrote before the pipe. */
  #input: string | undefined;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = files;
  }

  read(text: string): CurlReading {
    const script = readShell(text);
    this.#problems.push(...script.problems);
    let exitCode = 0;
    for (const [index, command] of script.commands.entries()) {
      if (command.after !== '|') this.#input = undefined;
      this.#input = command.input ?? this.#input;
      if (command.after === '&&' && exitCode !== 0) continue;
      if (command.after === '||' && exitCode === 0) continue;
      const code = this.#runGuarded(command, script.commands[index + 1]?.after === '|');
      exitCode = command.inBackground ? 0 : code;
    }
    return {
      requests: this.#requests,
      problems: this.#problems,
      exitCode: script.failure?.exitCode ?? exitCode,
    };
  }

  #runGuarded(command: ShellCommand, isPiped: boolean): number {
    try {
      return this.#run(command, isPiped);
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      const { words } = command;
      return error.message === ''
        ? error.exitCode
        : this.#fail(error, { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 });
    }
  }

  #run({ words, after }: ShellCommand, isPiped: boolean): number {
    const [name, ...rest] = words;
    if (!name || /^(?:.*\/)?curl(?:\.exe)?$/.test(name.octets)) return this.#curl(rest, name ?? { start: 0, end: 0 });
    const place = { start: name.start, end: rest.at(-1)?.end ?? name.end };
    const written = textOfOctets(name.octets);
    if (after === '|') {
      this.#problems.push({ type: 'without-effect', what: 'pipe', name: written, ...place });
      return 0;
    }
    if (/^(?:echo|printf|true|:|sleep)$/.test(name.octets) && (!isPiped || isPlainEcho(words))) {
      if (isPiped) this.#input = echoed(rest);
      else this.#problems.push({ type: 'without-effect', what: 'command', name: written, ...place });
      return 0;
    }
    if (/^[$#%>]$|^PS\b/.test(name.octets)) {
      this.#problems.push({ type: 'prompt', mark: written, start: name.start, end: name.end });
    } else this.#problems.push({ type: 'not-simulated', what: 'command', name: written, ...place });
    this.#problems.push({ type: 'failed', by: 'shell', text: 'shell: command not found', ...place });
    return 127;
  }

  #curl(words: readonly ShellWord[], command: Place): number {
    this.#silent = { warnings: false, errors: false };
    if (words.length === 0) {
      this.#problems.push({ type: 'bare', start: command.start, end: command.end });
      return 2;
    }
    const readFile = (name: string): string | undefined => {
      if (name === '-') return this.#takeInput();
      const key = textOfOctets(name).replace(/^\.\//, '');
      if (Object.hasOwn(this.#files, key)) return octetsOf(this.#files[key]!);
      this.#noFile(key, words.find(({ octets }) => octets.includes(name)) ?? command);
      return undefined;
    };
    const operations = readCommandLine(words, readFile, this.#report());
    if (operations === nothingToSend) return 0;
    if (operations[0]!.urls.length === 0) {
      return this.#fail(new CommandFailure(2, 'curl: no URL specified!'), command, false);
    }
    let exitCode = 0;
    for (const operation of operations) {
      if (operation.urls.length === 0)
        return this.#fail(new CommandFailure(2, 'curl: no URL specified!'), command, false);
      settle(operation, command);
      exitCode = this.#operate(operation, readFile);
    }
    return exitCode;
  }

  /** What curl says of it is told too, and names it only now and then. */
  #noFile(name: string, { start, end }: Place): void {
    const isTold = this.#problems.some((told) => told.type === 'not-simulated' && told.name === name);
    if (!isTold) this.#problems.push({ type: 'not-simulated', what: 'file', name, start, end });
  }

  /** It can be read once; after that there is no more of it. */
  #takeInput(): string | undefined {
    const input = this.#input;
    if (input !== undefined) this.#input = '';
    return input;
  }

  #report(): CommandLineReport {
    const problems = this.#problems;
    return {
      silence: (silent) => void (this.#silent = silent),
      warn: (text, { start, end }) => {
        problems.push({
          type: 'warned',
          lines: wrapped(textOfOctets(text)),
          start,
          end,
          ...silentIf(this.#silent.warnings),
        });
      },
      passwordMissing: ({ start, end }) => void problems.push({ type: 'password-missing', start, end }),
      standardInput: (name, { start, end }) => {
        problems.push({ type: 'not-simulated', what: 'standard-input', name, start, end });
      },
      refused: (what, name, { start, end }) => void problems.push({ type: 'not-simulated', what, name, start, end }),
      failed: (text, { start, end }) => {
        problems.push({ type: 'failed', by: 'curl', text: textOfOctets(text), start, end });
      },
    };
  }

  /** The code of the last transfer is that of curl. */
  #operate(operation: Operation, readFile: (name: string) => string | undefined): number {
    let exitCode = 0;
    operation.urls.forEach((word, index) => {
      if (operation.method?.toLowerCase() === 'head' && operation.kind !== 'head')
        this.#report().warn(headByHand, word);
      const upload = operation.uploads[index];
      if (upload && !operation.globOff && /[{[]/.test(upload.octets)) {
        this.#report().refused('option', `-T ${textOfOctets(upload.octets)}`, upload);
        return;
      }
      const content = upload && upload.octets !== '-' ? readFile(upload.octets) : undefined;
      if (upload && content === undefined) throw this.#cannotUpload(upload);
      for (const url of this.#urlsOf(word, operation)) {
        const file = upload && { content: content ?? '', name: upload.octets };
        exitCode = this.#transfer(url, word, operation, file, operation.outputs[index]);
      }
    });
    if (operation.outputs.length > operation.urls.length) {
      this.#report().warn('Got more output options than URLs', operation.urls.at(-1)!);
    }
    return exitCode;
  }

  #cannotUpload(upload: ShellWord): CommandFailure {
    if (upload.octets === '-' || upload.octets === '.') {
      this.#report().standardInput(`-T ${upload.octets}`, upload);
      return new CommandFailure(0, '');
    }
    const failure = new CommandFailure(26, `curl: Can't open '${upload.octets}'!`);
    return new CommandFailure(this.#fail(failure, upload), '');
  }

  #urlsOf(word: ShellWord, operation: Operation): readonly string[] {
    if (operation.globOff) return [word.octets];
    try {
      const urls = globbed(word.octets, requestsMax - this.#requests.length);
      if (urls !== 'too many') return urls;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      throw new CommandFailure(this.#fail(error, word), '');
    }
    this.#report().refused('too-many-requests', textOfOctets(word.octets), word);
    return [];
  }

  #transfer(
    octets: string,
    word: Place,
    operation: Operation,
    upload: (Upload & { name: string }) | undefined,
    output: Operation['outputs'][number] | undefined,
  ): number {
    try {
      if (operation.unreadable) throw operation.unreadable;
      const url = parseCurlUrl(octets, operation);
      if (output === 'remote-name' && url.path.endsWith('/')) {
        throw new CommandFailure(23, 'curl: Remote file name has no length!');
      }
      if (upload) addFileName(url, upload.name);
      addQuery(url, operation);
      if (url.scheme !== 'http' && url.scheme !== 'https') {
        this.#report().refused('protocol', `${url.scheme}:`, word);
        return 0;
      }
      this.#requests.push(requestTo(url, operation, upload));
      return 0;
    } catch (error) {
      if (error instanceof CommandFailure) return this.#fail(error, word);
      throw error;
    }
  }

  #fail({ exitCode, message }: CommandFailure, { start, end }: Place, silent = this.#silent.errors): number {
    this.#problems.push({ type: 'failed', by: 'curl', text: textOfOctets(message), start, end, ...silentIf(silent) });
    return exitCode;
  }
}

const isPlainEcho = ([name, option]: readonly ShellWord[]): boolean =>
  name?.octets === 'echo' && !/^-[eE]/.test(option?.octets ?? '');

/** What bash's `echo` writes: its words, and the end of a line unless told `-n`. */
function echoed(words: readonly ShellWord[]): string {
  const bareEnd = words[0]?.octets === '-n';
  const text = words.slice(bareEnd ? 1 : 0).map(({ octets }) => octets);
  return text.join(' ') + (bareEnd ? '' : '\n');
}

const silentIf = (silent: boolean): { silent?: true } => (silent ? { silent } : {});

/** A URL that ends in a slash names a folder: the file keeps its name there. */
function addFileName(url: CurlUrl, file: string): void {
  if (url.path.endsWith('/')) url.path += percentEncoded(file.replace(/^.*\//s, ''));
}

/** `--url-query`, or the data of `-G`; curl puts percent codes into lower case on this way. */
function addQuery(url: CurlUrl, operation: Operation): void {
  const added = operation.query ?? (operation.get ? operation.data : undefined);
  if (added === undefined || added === '') return;
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\x00-\x20\x7f]/.test(added)) {
    throw new CommandFailure(3, 'curl: (3) URL using bad/illegal format or missing URL');
  }
  const lower = added.replace(/%[0-9a-f]{2}/gi, (code) => code.toLowerCase());
  url.query = url.query === undefined || url.query === '' ? lower : `${url.query}&${lower}`;
}

/** curl breaks its warnings at blanks to fit a terminal of 79 columns. */
function wrapped(text: string): string[] {
  const width = 79 - 'Warning: '.length;
  const lines: string[] = [];
  let rest = text;
  // The line break counts, too.
  while (rest.length + 1 > width) {
    const blank = rest.lastIndexOf(' ', width - 1);
    const cut = blank > 0 ? blank : width - 1;
    lines.push(rest.slice(0, cut + 1).trimEnd());
    rest = rest.slice(cut + 1);
  }
  return [...lines, rest];
}
