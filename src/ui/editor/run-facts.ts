import type { EntryOf } from '../../log/entry';
import { importedFiles } from '../../scenario/imported-files';
import { lineOf, placeOf, type CodeProblem } from '../log/problem-book';
import { restOfInstant } from '../log/rest-of-instant';
import { runIndexOf, type RunIndex } from '../log/run-index.svelte';
import { selectedSeq } from '../log/selected-entry';
import { subjectIn } from '../selection';
import type { Workbench } from '../workbench.svelte';
import type { LineMark, LineProblem } from './code-editor';

/** What the run says about the lines of a file, at the playhead: how often they acted, what went wrong, which one is selected. */
export class RunFacts {
  readonly #workbench: Workbench;
  readonly #index: RunIndex;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#index = runIndexOf(workbench);
  }

  isChanged(file: string): boolean {
    return this.#workbench.playerAtEase.scenario.interventions.some(
      (one) => one.type === 'file.edit' && one.file === file,
    );
  }

  isRejected(file: string): boolean {
    return this.problems(file).some((problem) => problem.type === 'file.rejected');
  }

  /**
   * What is wrong with the text of `file`. An edit at the playhead takes effect at the end of this very instant, a
   * moment after what is shown; whether it loads is said at once all the same.
   */
  problems(file: string): readonly CodeProblem[] {
    const { position } = this.#workbench.playerAtEase;
    const verdict = this.#verdict(file);
    if (verdict === undefined) return this.#index.problems.at(file, position);
    return verdict.type === 'file.rejected' ? [verdict] : [];
  }

  /** All processes that ended as this one did: a file may run as several. */
  exitedWith(problem: EntryOf<'process.exited'>, file: string): readonly string[] {
    return this.#index.problems.exitedAt(file, lineOf(problem), this.#workbench.playerAtEase.position);
  }

  /** As the editor draws them at their lines. */
  lineProblems(file: string): readonly LineProblem[] {
    return this.problems(file).map((problem) => ({
      line: lineOf(problem),
      column: problem.type === 'file.rejected' ? problem.column : undefined,
      message: this.#workbench.t.editor.line(lineOf(problem), this.message(problem)),
    }));
  }

  message(problem: CodeProblem): string {
    switch (problem.type) {
      case 'file.rejected':
        return this.#workbench.t.editor.syntax(problem.message);
      case 'limit.reached':
        return this.#workbench.t.editor.limitMet(this.#workbench.t.log.limitText[problem.limit](problem.max));
      case 'process.exited':
      case 'saga.compensation-failed':
        return `${problem.failure?.name ?? ''}: ${problem.failure?.message ?? ''}`;
      case 'channel.closed':
      case 'connection.closed':
        return problem.text ?? '';
    }
  }

  /** How often each line of `file` acted by the playhead. */
  hits(file: string): ReadonlyMap<number, number> {
    return this.#index.lines.countsIn(file, this.#workbench.playerAtEase.position);
  }

  /** The line of the selection, with the selected message. */
  get mark(): (LineMark & { readonly file: string }) | undefined {
    const { position, log } = this.#workbench.playerAtEase;
    const { causes } = this.#index;
    const seq = selectedSeq(this.#workbench, causes);
    if (seq === undefined || seq >= causes.length) return undefined;
    const entry = log.entry(seq);
    const where = entry.where ?? causes.causeOf(seq).find((cause) => cause.where !== undefined)?.where;
    const place = where === undefined ? undefined : placeOf(where);
    if (place === undefined) return undefined;
    const subject = subjectIn(this.#workbench.selection);
    const fate =
      subject === undefined
        ? undefined
        : (causes.messageAt(subject, position) ?? causes.calls.callAt(subject, position))?.fate;
    return { ...place, message: subject, fate };
  }

  /** Processes that run `file` or import it: at the playhead, or before the run as the scenario has them. */
  processesOf(file: string): readonly string[] {
    const { system, scenario } = this.#workbench.playerAtEase;
    const uses = (main: string): boolean => importedFiles(main, scenario.files).has(file);
    const running = [...system.processes.values()].filter((process) => uses(process.file));
    if (running.length > 0) return running.map((process) => process.name);
    return scenario.processes
      .filter((spec) => uses(spec.file))
      .flatMap(({ name, replicas }) =>
        replicas === 1 ? [name] : Array.from({ length: replicas }, (_, n) => `${name}#${String(n + 1)}`),
      );
  }

  /** The last word on an edit of `file` in the rest of this instant, when there was one. */
  #verdict(file: string): EntryOf<'file.edited'> | EntryOf<'file.rejected'> | undefined {
    return restOfInstant(this.#workbench.playerAtEase)
      .filter((entry) => entry.type === 'file.edited' || entry.type === 'file.rejected')
      .findLast((entry) => entry.file === file);
  }
}
