import type { EntryOf } from '../../log/entry';
import { lineOf, placeOf, type CodeProblem } from '../log/problem-book';
import { runIndexOf, type RunIndex } from '../log/run-index.svelte';
import { selectedSeq } from '../log/selected-entry';
import type { Workbench } from '../workbench.svelte';
import type { CodeEditor, CodeEditorOptions, CursorPlace, LineMark, LineProblem } from './code-editor';

export type EditorLoader = () => Promise<(options: CodeEditorOptions) => CodeEditor>;

/** So many entries of an instant are searched for what became of an edit. */
const instantEntriesMax = 2_000;

/** How long the reader's hands must rest before an edit counts. */
export const editRestMs = 400;

/**
 * What stands on the desk between the player's files and the editor that may not have arrived yet.
 *
 * Invariants
 * 1. What was typed and not yet handed to the player wins over the player's text.
 * 2. An edit is handed over at most once, after `editRestMs` of rest or when the reader asks.
 */
export class CodeDesk {
  readonly #workbench: Workbench;
  readonly #index: RunIndex;
  readonly #load: EditorLoader;
  readonly #pending = new Map<string, string>();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #editor: CodeEditor | undefined = $state.raw();
  #state: 'coming' | 'here' | 'lost' = $state('coming');
  #cursor: CursorPlace = $state.raw({ line: 1, column: 1 });
  #typeErrors: ReadonlyMap<string, number> = $state.raw(new Map());
  #tabMovesFocus = $state(false);
  #gone = false;

  constructor(workbench: Workbench, load: EditorLoader) {
    this.#workbench = workbench;
    this.#index = runIndexOf(workbench);
    this.#load = load;
  }

  get state(): 'coming' | 'here' | 'lost' {
    return this.#state;
  }

  get editor(): CodeEditor | undefined {
    return this.#editor;
  }

  get cursor(): CursorPlace {
    return this.#cursor;
  }

  get tabMovesFocus(): boolean {
    return this.#tabMovesFocus;
  }

  /** By file. */
  get typeErrors(): ReadonlyMap<string, number> {
    return this.#typeErrors;
  }

  /** Fetches the editor and puts it into `host`. Calling it again after a failure tries again. */
  async arrive(host: HTMLElement): Promise<void> {
    this.#state = 'coming';
    try {
      const create = await this.#load();
      if (this.#gone) return;
      this.#editor = create(this.#options(host));
      this.#state = 'here';
    } catch {
      this.#state = 'lost';
    }
  }

  /** The text that the editor should show for each file. */
  get files(): Readonly<Record<string, string>> {
    return { ...this.#workbench.player.scenario.files, ...this.#ownPending() };
  }

  /** Hands over what was typed, now. */
  apply(): void {
    clearTimeout(this.#rest);
    const edits = [...this.#pending];
    this.#pending.clear();
    const { files } = this.#workbench.playerNow.scenario;
    for (const [file, source] of edits) {
      if (file in files && files[file] !== source) this.#workbench.playerNow.editFile(file, source);
    }
  }

  run(): void {
    this.apply();
    this.#workbench.playerNow.run();
  }

  /** Takes the newest edit of `file` back: the intervention when it is one, else the editor's own last step. */
  undoChange(file: string): void {
    this.#pending.delete(file);
    const { interventions } = this.#workbench.playerNow.scenario;
    const index = interventions.findLastIndex((one) => one.type === 'file.edit' && one.file === file);
    if (index >= 0) this.#workbench.playerNow.removeIntervention(index);
    else {
      this.#editor?.undo();
      this.apply();
    }
  }

  destroy(): void {
    this.#gone = true;
    this.apply();
    this.#editor?.dispose();
  }

  isChanged(file: string): boolean {
    return this.#workbench.player.scenario.interventions.some((one) => one.type === 'file.edit' && one.file === file);
  }

  isRejected(file: string): boolean {
    return this.problems(file).some((problem) => problem.type === 'file.rejected');
  }

  /**
   * What is wrong with the text of `file`. An edit at the playhead takes effect at the end of this very instant, a
   * moment after what is shown; whether it loads is said at once all the same.
   */
  problems(file: string): readonly CodeProblem[] {
    const { position } = this.#workbench.player;
    const verdict = this.#verdict(file);
    if (verdict === undefined) return this.#index.problems.at(file, position);
    return verdict.type === 'file.rejected' ? [verdict] : [];
  }

  /** The last word on an edit of `file` in the rest of this instant, when there was one. */
  #verdict(file: string): EntryOf<'file.edited'> | EntryOf<'file.rejected'> | undefined {
    const { log, position, playheadMs } = this.#workbench.player;
    const end = Math.min(log.countAt(playheadMs), position + instantEntriesMax);
    if (end <= position) return undefined;
    return log
      .range(position, end)
      .filter((entry) => entry.type === 'file.edited' || entry.type === 'file.rejected')
      .findLast((entry) => entry.file === file);
  }

  /** As the editor draws them at their lines. */
  lineProblems(file: string): readonly LineProblem[] {
    return this.problems(file).map((problem) => {
      const line = lineOf(problem);
      const message = this.#text(problem);
      return {
        line,
        column: problem.type === 'file.rejected' ? problem.column : undefined,
        message: this.#workbench.t.editor.line(line, message),
        badge: problem.type === 'limit.reached' ? message : undefined,
      };
    });
  }

  /** How often each line of `file` acted by the playhead. */
  hits(file: string): ReadonlyMap<number, number> {
    const { position } = this.#workbench.player;
    const counts = new Map<number, number>();
    for (const [where, count] of this.#index.lines.countsAt(position)) {
      const place = placeOf(where);
      if (place?.file === file) counts.set(place.line, count);
    }
    return counts;
  }

  /** The line of the selection, with the selected message. */
  get mark(): (LineMark & { readonly file: string }) | undefined {
    const { position, log } = this.#workbench.player;
    const { causes } = this.#index;
    const seq = selectedSeq(this.#workbench, causes);
    if (seq === undefined || seq >= causes.length) return undefined;
    const entry = log.entry(seq);
    const where = entry.where ?? causes.causeOf(seq).find((cause) => cause.where !== undefined)?.where;
    const place = where === undefined ? undefined : placeOf(where);
    if (place === undefined) return undefined;
    const { selection } = this.#workbench;
    const message = selection?.type === 'message' ? selection.message : undefined;
    const fate = message === undefined ? undefined : causes.messageAt(message, position)?.fate;
    return { ...place, message, fate };
  }

  /** Processes that run `file`: at the playhead, or before the run as the scenario has them. */
  processesOf(file: string): readonly string[] {
    const { system, scenario } = this.#workbench.player;
    const running = [...system.processes.values()].filter((process) => process.file === file);
    if (running.length > 0) return running.map((process) => process.name);
    return scenario.processes
      .filter((spec) => spec.file === file)
      .flatMap(({ name, replicas }) =>
        replicas === 1 ? [name] : Array.from({ length: replicas }, (_, n) => `${name}#${String(n + 1)}`),
      );
  }

  #text(problem: CodeProblem): string {
    switch (problem.type) {
      case 'file.rejected':
        return problem.message;
      case 'limit.reached':
        return this.#workbench.t.log.limitText[problem.limit](problem.max);
      case 'process.exited':
        return `${problem.failure?.name ?? ''}: ${problem.failure?.message ?? ''}`;
    }
  }

  #ownPending(): Record<string, string> {
    const { files } = this.#workbench.player.scenario;
    return Object.fromEntries([...this.#pending].filter(([file]) => file in files));
  }

  #options(host: HTMLElement): CodeEditorOptions {
    return {
      host,
      ariaLabel: this.#workbench.t.editor.code(this.#workbench.activeFile ?? ''),
      onEdit: (file, source) => this.#edited(file, source),
      onCursor: (cursor) => (this.#cursor = cursor),
      onRun: () => this.run(),
      onSave: () => this.apply(),
      onMarkers: (errors) => (this.#typeErrors = errors),
      onTabMode: (movesFocus) => (this.#tabMovesFocus = movesFocus),
    };
  }

  #edited(file: string, source: string): void {
    this.#pending.set(file, source);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.apply(), editRestMs);
  }
}
