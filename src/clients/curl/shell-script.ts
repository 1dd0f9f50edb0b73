import { bare, braceExpanded, joined, type RawWord, sliceOf } from './brace-expansion';
import { ansiCUnquoted } from './ansi-c-quote';
import { octetsOf } from './octets';
import { CommandFailure, type NotSimulated, type Place, type Problem } from './problem';

/**
 * A pasted text as bash reads it: simple commands with their words unquoted and expanded. Everything that needs a real shell
 * (substitutions, redirections, compound commands) is told as a problem by name.
 */
export interface ShellWord extends Place {
  readonly octets: string;
}

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  /** What stands before it. */
  readonly after: ';' | '&&' | '||' | '|';
  /** The shell does not wait for it. */
  readonly inBackground: boolean;
  /** What it reads, from a here-document or a here-string. */
  readonly input?: string;
}

export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly problems: readonly Problem[];
  /** The shell gave up here, having read only the commands above. */
  readonly failure?: CommandFailure;
}

export function readShell(text: string): ShellScript {
  return new ShellReader(text).read();
}

const unclosedQuote = 'shell: unexpected EOF while looking for matching quote';
const quoted = (octets: string): RawWord => ({ octets, marks: 'q'.repeat(octets.length) });
const operator = /(?:&&|\|\||\|&|;;|[;&|()])/y;
const redirection = /(?:\d*(?:<<<|<<-?|<&|<>|<|>>|>&|>\||>)|&>>?)/y;
const variable = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/y;
const reserved = /^(?:if|then|for|while|until|case|function|select|time|\{|\}|!|\[\[)$/;

class ShellReader {
  readonly #text: string;
  readonly #commands: ShellCommand[] = [];
  readonly #problems: Problem[] = [];
  readonly #variables = new Map<string, string>();
  #at = 0;
  #words: ShellWord[] = [];
  /** How many commands stand on lines that are read to their ends: the shell runs no part of a line. */
  #whole = 0;
  #after: ShellCommand['after'] = ';';
  #assigned = false;
  #input: string | undefined;
  /** Characters behind the end of this line that are a here-document. */
  #hidden = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ShellScript {
    try {
      while (this.#at < this.#text.length) this.#step();
      if (this.#words.length === 0 && !this.#assigned && this.#after !== ';') {
        this.#syntaxError(': unexpected end of file', this.#at);
      }
      this.#endCommand();
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      return { commands: this.#commands.slice(0, this.#whole), problems: this.#problems, failure: error };
    }
    return { commands: this.#commands, problems: this.#problems };
  }

  #step(): void {
    const start = this.#at;
    if (this.#take(/(?:[ \t]|\\\n)+/y) !== undefined || this.#take(/#[^\n]*/y) !== undefined) return;
    if (this.#take(/\n/y) !== undefined) {
      // Behind `&&` or `|` the command may stand on the next line.
      if (this.#words.length > 0 || this.#assigned) this.#endCommand();
      if (this.#after === ';') this.#whole = this.#commands.length;
      this.#at += this.#hidden;
      this.#hidden = 0;
      return;
    }
    const redirected = this.#take(redirection);
    if (redirected !== undefined) return this.#redirect(redirected, start);
    const found = this.#take(operator);
    if (found !== undefined) return this.#operate(found, start);
    this.#word();
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #operate(found: string, start: number): void {
    if (found === '(' || found === ')') {
      this.#refuse('shell-syntax', found, { start, end: this.#at });
      return;
    }
    if (found === ';;' || (this.#words.length === 0 && !this.#assigned)) {
      this.#syntaxError(` near unexpected token \`${found}'`, start);
    }
    this.#endCommand(found === '&');
    if (found === '|' || found === '|&') this.#after = '|';
    else if (found === '&&' || found === '||') this.#after = found;
    else this.#after = ';';
  }

  #syntaxError(what: string, start: number): never {
    const text = `shell: syntax error${what}`;
    this.#problems.push({ type: 'failed', by: 'shell', text, start, end: this.#at });
    throw new CommandFailure(2, '');
  }

  /** What is written to a file changes nothing that is sent; what is read from one does. */
  #redirect(sign: string, start: number): void {
    this.#take(/[ \t]+/y);
    if (/^\d*<<-?$/.test(sign)) return this.#hereDocument(start, sign.endsWith('-'));
    const before = this.#words.length;
    if (this.#at < this.#text.length && !/[\n;|()]/.test(this.#text[this.#at]!)) this.#word();
    const target = this.#words.splice(before);
    if (sign.endsWith('<<<')) {
      this.#input = `${target.map(({ octets }) => octets).join(' ')}\n`;
      return;
    }
    const place = { start, end: target.at(-1)?.end ?? this.#at };
    const name = this.#text.slice(place.start, place.end);
    if (sign.includes('<')) this.#refuse('redirection', name, place);
    else this.#problems.push({ type: 'without-effect', what: 'redirection', name, ...place });
  }

  /** From the line below to the line that is the word behind the sign. It is expanded unless that word is quoted. */
  #hereDocument(start: number, withoutTabs: boolean): void {
    const word = this.#take(/[^\s;&|<>()]+/y) ?? '';
    const end = this.#at;
    const delimiter = word.replace(/['"\\]/g, '');
    const lines = this.#text.slice(end).split('\n');
    const read = (line: string): string => (withoutTabs ? line.replace(/^\t+/, '') : line);
    const last = lines.findIndex((line, index) => index > 0 && read(line) === delimiter);
    const body = lines.slice(1, last < 0 ? undefined : last);
    this.#hidden = lines.slice(1, last + 1 || undefined).reduce((length, line) => length + line.length + 1, 0);
    const content = body.map((line) => `${read(line)}\n`).join('');
    if (word === delimiter && /[$`\\]/.test(content)) {
      this.#refuse('redirection', this.#text.slice(start, end), { start, end });
    } else this.#input = octetsOf(content);
  }

  #endCommand(inBackground = false): void {
    const words = this.#words;
    const input = this.#input;
    this.#words = [];
    this.#input = undefined;
    this.#assigned = false;
    if (words.length === 0) return;
    const [first] = words;
    if (first && reserved.test(this.#text.slice(first.start, first.end))) {
      this.#refuse('shell-syntax', first.octets, first);
    }
    this.#commands.push({ words, after: this.#after, inBackground, ...(input !== undefined && { input }) });
    this.#after = ';';
  }

  #refuse(what: NotSimulated, name: string, { start, end }: Place): void {
    this.#problems.push({ type: 'not-simulated', what, name, start, end });
  }

  #word(): void {
    const start = this.#at;
    const parts: RawWord[] = [];
    let wasQuoted = false;
    while (this.#at < this.#text.length && !/[ \t\n;&|<>()]/.test(this.#text[this.#at]!)) {
      const part = this.#part();
      wasQuoted ||= part.quoted;
      parts.push(part);
    }
    const end = this.#at;
    this.#noticeWindows(start, end);
    const whole = joined(parts);
    const [, name, value = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(whole.octets) ?? [];
    if (this.#words.length === 0 && name !== undefined && whole.marks.slice(0, name.length + 1).match(/^u*$/)) {
      this.#variables.set(name, value);
      this.#assigned = true;
      return;
    }
    for (const word of braceExpanded(whole).flatMap(split)) {
      if (word.octets !== '' || wasQuoted) this.#words.push({ octets: word.octets, start, end });
    }
  }

  #part(): RawWord & { quoted: boolean } {
    const start = this.#at;
    const rest = this.#text.slice(start, start + 2);
    if (rest[0] === "'") return { ...quoted(octetsOf(this.#until(/'([^']*)'/y, start))), quoted: true };
    if (rest === "$'")
      return { ...quoted(ansiCUnquoted(this.#until(/\$'((?:[^'\\]|\\[\s\S])*)'/y, start))), quoted: true };
    if (rest === '$"') this.#at += 1;
    if (this.#text[this.#at] === '"') return { ...this.#doubleQuoted(), quoted: true };
    if (rest[0] === '$') return { ...this.#dollar(false), quoted: false };
    if (rest[0] === '`') return { ...this.#backticks(), quoted: false };
    if (rest[0] === '\\') {
      this.#at += 1;
      const character = this.#character();
      return { ...quoted(character === '\n' ? '' : octetsOf(character)), quoted: character !== '\n' };
    }
    return { ...bare(octetsOf(this.#character())), quoted: false };
  }

  #character(): string {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0x5c);
    this.#at += character.length;
    return character;
  }

  /** What the pattern's group holds; without its end, the shell has looked for it in vain. */
  #until(pattern: RegExp, start: number): string {
    pattern.lastIndex = start;
    const found = pattern.exec(this.#text);
    if (!found) return this.#unclosed(start);
    this.#at = start + found[0].length;
    return found[1]!;
  }

  #unclosed(start: number): never {
    const what = 'unclosed-quote';
    this.#problems.push({ type: 'failed', by: 'shell', text: unclosedQuote, what, start, end: this.#text.length });
    throw new CommandFailure(2, '');
  }

  #doubleQuoted(): RawWord {
    const start = this.#at;
    this.#at += 1;
    const parts: RawWord[] = [];
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) return this.#unclosed(start);
      if (character === '"') {
        this.#at += 1;
        return quoted(joined(parts).octets);
      }
      if (character === '$') parts.push(this.#dollar(true));
      else if (character === '`') parts.push(this.#backticks());
      else if (this.#take(/\\\n/y) === undefined) {
        if (/\\[$`"\\]/y.test(this.#text.slice(this.#at, this.#at + 2))) this.#at += 1;
        parts.push(quoted(octetsOf(this.#character())));
      }
    }
  }

  #dollar(inQuotes: boolean): RawWord {
    const start = this.#at;
    variable.lastIndex = start;
    const found = variable.exec(this.#text);
    if (found) {
      this.#at += found[0].length;
      const value = this.#variables.get(found[1] ?? found[2]!);
      if (value === undefined) this.#problems.push({ type: 'variable-unset', name: found[0], start, end: this.#at });
      return { octets: value ?? '', marks: (inQuotes ? 'q' : 'v').repeat(value?.length ?? 0) };
    }
    const [, open] = /^\$([({])/.exec(this.#text.slice(start, start + 2)) ?? [];
    if (open !== undefined) return this.#refusedExpansion(open, start);
    if (this.#take(/\$[\d@*#?$!-]/y) !== undefined) {
      this.#refuse('substitution', this.#text.slice(start, this.#at), { start, end: this.#at });
      return bare('');
    }
    this.#at += 1;
    return inQuotes ? quoted('$') : bare('$');
  }

  #refusedExpansion(open: string, start: number): RawWord {
    const close = open === '(' ? ')' : '}';
    let depth = 0;
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      if (this.#text[this.#at] === open) depth += 1;
      else if (this.#text[this.#at] === close) depth -= 1;
      if (depth === 0) break;
    }
    if (depth > 0) return this.#unclosed(start);
    this.#at += 1;
    this.#refuse('substitution', this.#text.slice(start, this.#at), { start, end: this.#at });
    return bare('');
  }

  #backticks(): RawWord {
    const start = this.#at;
    if (/^`[ \t]*\n/.test(this.#text.slice(start))) {
      this.#problems.push({ type: 'windows-line', mark: '`', start, end: start + 1 });
    }
    this.#until(/`((?:[^`\\]|\\[\s\S])*)`/y, start);
    this.#refuse('substitution', this.#text.slice(start, this.#at), { start, end: this.#at });
    return bare('');
  }

  #noticeWindows(start: number, end: number): void {
    if (this.#text[end - 1] !== '^' || !/^[ \t]*\r?\n[ \t]*\S/.test(this.#text.slice(end))) return;
    if (start < end - 1 && this.#text[end - 2] === '^') return;
    this.#problems.push({ type: 'windows-line', mark: '^', start: end - 1, end });
  }
}

/** What came from a variable outside quotes falls into words at white space. */
function split(word: RawWord): RawWord[] {
  const parts: RawWord[] = [];
  let from = 0;
  for (let at = 0; at < word.octets.length; at += 1) {
    if (word.marks[at] !== 'v' || !/[ \t\n]/.test(word.octets[at]!)) continue;
    if (at > from) parts.push(sliceOf(word, from, at));
    from = at + 1;
  }
  if (from < word.octets.length || parts.length === 0) parts.push(sliceOf(word, from));
  return parts;
}
