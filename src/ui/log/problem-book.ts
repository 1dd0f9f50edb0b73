import type { Entry, EntryOf } from '../../log/entry';
import { countBefore } from './console-book';

/**
 * An entry that says: here, in this line, the user's code went wrong, or asked a broker for what it does not allow. A listener that throws
 * is not among them: that is the simulation's daily bread, and the message tells it. A compensation that is given up is, since nobody but its
 * author gets the saga on.
 */
export type CodeProblem = EntryOf<'file.rejected' | PlacedType>;

type PlacedType =
  | 'limit.reached'
  | 'process.exited'
  | 'channel.closed'
  | 'connection.closed'
  | 'saga.compensation-failed';

interface FileProblems {
  /** Since when the text in force is loaded: problems before it are about an older text. */
  readonly versions: { readonly seq: number }[];
  readonly problems: CodeProblem[];
}

/** What went wrong in each file, for any position of the playhead. */
export class ProblemBook {
  readonly #files = new Map<string, FileProblems>();

  append(entry: Entry): void {
    switch (entry.type) {
      case 'file.edited':
        this.#of(entry.file).versions.push(entry);
        return;
      case 'file.rejected':
        this.#of(entry.file).problems.push(entry);
        return;
      case 'limit.reached':
      case 'process.exited':
      case 'channel.closed':
      case 'connection.closed':
      case 'saga.compensation-failed': {
        if (!isProblem(entry)) return;
        const place = entry.where === undefined ? undefined : placeOf(entry.where);
        if (place) this.#of(place.file).problems.push(entry);
        return;
      }
      default:
        return;
    }
  }

  /** About the text of `file` that is newest at `position`; of several in one line the newest. */
  at(file: string, position: number): readonly CodeProblem[] {
    const known = this.#files.get(file);
    if (known === undefined) return [];
    const versions = known.versions.slice(0, countBefore(known.versions, position));
    const since = versions.at(-1)?.seq ?? -1;
    const byLine = new Map<number, CodeProblem>();
    for (const problem of known.problems.slice(0, countBefore(known.problems, position))) {
      if (problem.seq > since) byLine.set(lineOf(problem), problem);
    }
    return [...byLine.values()];
  }

  /** The processes that ended in a line of the text of `file` that is newest at `position`. */
  exitedAt(file: string, line: number, position: number): readonly string[] {
    const known = this.#files.get(file);
    const since = known?.versions.findLast(({ seq }) => seq < position)?.seq ?? -1;
    const names = (known?.problems ?? []).flatMap((problem) =>
      problem.type === 'process.exited' && problem.seq > since && problem.seq < position && lineOf(problem) === line
        ? [problem.process]
        : [],
    );
    return [...new Set(names)];
  }

  /** The latest refusal to load `file`, when its newest text was refused. */
  rejection(file: string, position: number): EntryOf<'file.rejected'> | undefined {
    return this.at(file, position).find((problem) => problem.type === 'file.rejected');
  }

  #of(file: string): FileProblems {
    let known = this.#files.get(file);
    if (known === undefined) this.#files.set(file, (known = { versions: [], problems: [] }));
    return known;
  }
}

/** A process may end and a connection be closed without anything being wrong, and a compensation be tried again. */
function isProblem(entry: EntryOf<PlacedType>): boolean {
  if (entry.type === 'limit.reached') return true;
  if (entry.type === 'saga.compensation-failed') return entry.attemptsLeft === 0;
  return entry.type === 'process.exited' ? entry.failure !== undefined : entry.reason === 'refused';
}

export function lineOf(problem: CodeProblem): number {
  return problem.type === 'file.rejected' ? problem.line : (placeOf(problem.where ?? '')?.line ?? 1);
}

/** `email.ts:19` or `email.ts:19:3` apart. */
export function placeOf(where: string): { readonly file: string; readonly line: number } | undefined {
  const match = /^(.+?):(\d+)(?::\d+)?$/.exec(where);
  return match ? { file: match[1]!, line: Number(match[2]) } : undefined;
}
