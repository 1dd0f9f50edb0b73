import { Operation, OptionFailure, type OperationReport, type ReadFile } from './operation';
import { longOption, type Option, shortOption } from './options';
import { CommandFailure, type Place } from './problem';
import type { ShellWord } from './shell-script';

export interface CommandLineReport extends OperationReport {
  /** From here on curl keeps its warnings and errors to itself, or not. */
  silence(silent: { readonly warnings: boolean; readonly errors: boolean }): void;
  failed(text: string, place: Place): void;
}

/** Asked for `--help` and the like, curl prints it and sends nothing. */
export const nothingToSend = 'nothing to send';

/**
 * The words behind `curl`, as operations: one, and one more for each `--next`. Throws a `CommandFailure` when curl would not take them.
 */
export function readCommandLine(
  words: readonly ShellWord[],
  readFile: ReadFile,
  report: CommandLineReport,
): readonly Operation[] | typeof nothingToSend {
  const reader = new CommandLineReader(words, readFile, report);
  return reader.read();
}

interface Given {
  readonly option: Option;
  readonly word: ShellWord;
  readonly on: boolean;
  /** What is written right behind a letter. */
  readonly near?: ShellWord | undefined;
}

class CommandLineReader {
  readonly #words: readonly ShellWord[];
  readonly #readFile: ReadFile;
  readonly #report: CommandLineReport;
  readonly #operations: Operation[] = [];
  #at = 0;
  #onlyHelp = false;
  #silent = false;
  #showErrors = false;

  constructor(words: readonly ShellWord[], readFile: ReadFile, report: CommandLineReport) {
    this.#words = words;
    this.#readFile = readFile;
    this.#report = report;
    this.#begin();
  }

  read(): readonly Operation[] | typeof nothingToSend {
    let options = true;
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at]!;
      this.#at += 1;
      if (!options || !word.octets.startsWith('-')) this.#current.urls.push(word);
      else if (word.octets === '--') options = false;
      else this.#option(word);
      if (this.#onlyHelp) return nothingToSend;
    }
    return this.#operations;
  }

  get #current(): Operation {
    return this.#operations.at(-1)!;
  }

  #begin(): void {
    this.#operations.push(new Operation(this.#readFile, this.#report));
  }

  #option(word: ShellWord): void {
    try {
      if (word.octets.startsWith('--')) this.#give(this.#long(word));
      else this.#letters(word);
    } catch (error) {
      if (!(error instanceof OptionFailure)) throw error;
      this.#report.failed(`curl: option ${word.octets}: ${error.message}`, word);
      throw new CommandFailure(error.exitCode, '');
    }
  }

  #long(word: ShellWord): Given {
    const written = word.octets.slice(2);
    const negated = written.startsWith('no-');
    const option = longOption(negated ? written.slice(3) : written);
    if (option === 'ambiguous') throw new OptionFailure('is ambiguous');
    // Behind `--no-` curl wants the whole name.
    if (option === 'unknown' || (negated && option.name !== written.slice(3).toLowerCase())) {
      throw new OptionFailure('is unknown');
    }
    if (negated && option.takes !== 'switch') throw new OptionFailure("used '--no-' for option that isn't a boolean");
    return { option, word, on: !negated };
  }

  #letters(word: ShellWord): void {
    for (let index = 1; index < Math.max(2, word.octets.length); index += 1) {
      const option = shortOption(word.octets[index] ?? '');
      if (!option) throw new OptionFailure('is unknown');
      const rest = word.octets.slice(index + 1);
      const takesMore = option.takes === 'text' || option.takes === 'file';
      this.#give({ option, word, on: true, near: takesMore && rest !== '' ? { ...word, octets: rest } : undefined });
      if (takesMore || this.#onlyHelp) return;
    }
  }

  #give({ option, word, on, near }: Given): void {
    const takesMore = option.takes === 'text' || option.takes === 'file';
    const value = takesMore ? (near ?? this.#words[this.#at]) : word;
    if (!value) throw new OptionFailure('requires parameter');
    if (takesMore && near === undefined) this.#at += 1;
    if (option.takes === 'file' && /^-./s.test(value.octets)) {
      this.#report.warn(`The file name argument '${value.octets}' looks like a flag.`, value);
    }
    if (option.refusedAs !== undefined && on) {
      this.#report.refused(option.refusedAs, nameOf(option, word), { start: word.start, end: value.end });
    }
    if (option.name === 'silent') this.#silent = on;
    if (option.name === 'show-error') this.#showErrors = on;
    this.#report.silence({ warnings: this.#silent, errors: this.#silent && !this.#showErrors });
    if (option.name === 'config') this.#checkConfig(value);
    if (option.name === 'next') this.#next();
    else if (['help', 'manual', 'version'].includes(option.name) && on) this.#onlyHelp = true;
    else this.#current.apply(option, value, on);
  }

  /** What stands in it is not followed; without it, curl goes no further. */
  #checkConfig(file: ShellWord): void {
    if (file.octets === '-' || this.#readFile(file.octets) !== undefined) return;
    if (!this.#silent) this.#report.failed(`curl: cannot read config from '${file.octets}'`, file);
    throw new OptionFailure('error encountered when reading a file', 26);
  }

  #next(): void {
    // Without a URL before it, it does nothing.
    if (this.#current.urls.length > 0) this.#begin();
  }
}

const nameOf = ({ name }: Option, { octets }: ShellWord): string =>
  octets.startsWith('--') ? `--${name}` : octets.slice(0, 2);
