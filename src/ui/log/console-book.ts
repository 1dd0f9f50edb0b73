import type { Entry, EntryOf } from '../../log/entry';

export interface ConsoleLine {
  readonly seq: number;
  readonly atMs: number;
  readonly process: string;
  readonly stderr: boolean;
  readonly text: string;
  readonly where: string | undefined;
}

/**
 * The lines that processes printed, in order. A call may print a part of a line or several; each becomes rows of its
 * own under the call's entry, which is what a click selects.
 */
export class ConsoleBook {
  readonly #lines: ConsoleLine[] = [];
  readonly #byProcess = new Map<string, ConsoleLine[]>();

  append(entry: Entry): void {
    if (entry.type !== 'console.printed') return;
    for (const line of linesOf(entry)) {
      this.#lines.push(line);
      const own = this.#byProcess.get(line.process);
      if (own) own.push(line);
      else this.#byProcess.set(line.process, [line]);
    }
  }

  get processes(): readonly string[] {
    return [...this.#byProcess.keys()];
  }

  /** Of all processes, or of one. */
  lines(process: string | undefined): readonly ConsoleLine[] {
    return process === undefined ? this.#lines : (this.#byProcess.get(process) ?? []);
  }

  /** How many of them stand before `position`. */
  countAt(process: string | undefined, position: number): number {
    return countBefore(this.lines(process), position);
  }

  /** The newest ones before `position`, oldest first. */
  last(process: string, position: number, countMax: number): readonly ConsoleLine[] {
    const end = this.countAt(process, position);
    return this.lines(process).slice(Math.max(0, end - countMax), end);
  }
}

/** Of items in order of `seq`, how many have one below `position`. */
export function countBefore(items: readonly { readonly seq: number }[], position: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle]!.seq < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Colours and cursor moves that libraries print for a terminal. */
// oxlint-disable-next-line no-control-regex
const ansi = /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007/g;

function linesOf(entry: EntryOf<'console.printed'>): ConsoleLine[] {
  const text = entry.text.replace(ansi, '').replace(/\r?\n$/, '');
  const { seq, atMs, process, where } = entry;
  return text
    .split(/\r?\n/)
    .map((line) => ({ seq, atMs, process, where, text: line, stderr: entry.stream === 'stderr' }));
}
