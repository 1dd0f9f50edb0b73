import { flushSync } from 'svelte';
import { lineOf } from '../log/problem-book';
import { SettingsDesk } from '../settings/settings-desk.svelte';
import { settingsText } from '../settings/settings-text';
import type { Language } from '../text/format';
import type { Workbench } from '../workbench.svelte';
import type {
  CodeEditor,
  CodeEditorOptions,
  CursorPlace,
  EditorMenuRequest,
  EditorWords,
  LineProblem,
} from './code-editor';
import { withImport } from './import-edit';
import { inOrder, nextProblem, type Place, type Problem } from './problems';
import { RunFacts } from './run-facts';
import { settingsTab } from './settings-tab';

/** Fetches the editor, whose own words are in the language given. */
export type EditorLoader = (language: Language) => Promise<(options: CodeEditorOptions) => CodeEditor>;

/** How long the reader's hands must rest before an edit counts. */
export const editRestMs = 400;

/** `absent`: nobody has asked for it, as on a phone. */
type Arrival = 'absent' | 'coming' | 'here' | 'lost';
/** What stands below the code. */
export type DeskPanel = 'problems' | 'imports';

/**
 * What stands on the desk between the player's files and the editor that may not have arrived yet.
 *
 * Invariants
 * 1. What was typed and not yet handed to the player wins over the player's text.
 * 2. An edit is handed over at most once, after `editRestMs` of rest or when the reader asks.
 */
export class CodeDesk {
  readonly facts: RunFacts;
  readonly settings: SettingsDesk;
  readonly #workbench: Workbench;
  readonly #load: EditorLoader;
  #pending: ReadonlyMap<string, string> = $state.raw(new Map());
  #rest: ReturnType<typeof setTimeout> | undefined;
  #editor: CodeEditor | undefined = $state.raw();
  #state: Arrival = $state('absent');
  #cursor: CursorPlace = $state.raw({ line: 1, column: 1 });
  #found: readonly Problem[] = $state.raw([]);
  #tabMovesFocus = $state(false);
  #settingsShown = $state(false);
  #jsonShown = $state(false);
  /** The JSON face was looked at once: from then on the editor holds its text too. */
  #jsonSeen = $state(false);
  #panel: DeskPanel | undefined = $state();
  /** The export that the list of what can be imported was asked for. */
  #wantedExport: string | undefined = $state();
  #wantedLine: Place | undefined = $state.raw();
  #menu: EditorMenuRequest | undefined = $state.raw();
  #gone = false;

  // The same object from one version of the player to the next, until a file changes: not every frame brings the editor
  // all texts again.
  readonly #files = $derived.by(() => this.#workbench.player.scenario.files);
  /** The text that the editor should show for each document. */
  readonly texts: Readonly<Record<string, string>> = $derived.by(() => {
    void this.#files;
    // What the player holds now: what was just handed to it is no longer pending, and the version that shows it comes a moment later.
    // An older text in between would be a step more in the editor's own history.
    const { files } = this.#workbench.playerNow.scenario;
    const typed = Object.fromEntries([...this.#pending].filter(([file]) => file in files));
    return { ...files, ...typed, ...(this.#jsonSeen && { [settingsTab]: this.settings.text }) };
  });

  constructor(workbench: Workbench, load: EditorLoader) {
    this.#workbench = workbench;
    this.#load = load;
    this.facts = new RunFacts(workbench);
    this.settings = new SettingsDesk(workbench);
  }

  get state(): Arrival {
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

  /** The tab that is open: a file's name or `settingsTab`. */
  get tab(): string | undefined {
    return this.#settingsShown ? settingsTab : this.#workbench.activeFile;
  }

  /** The document on show as code; the form is none. */
  get document(): string | undefined {
    return this.#settingsShown && !this.#jsonShown ? undefined : this.tab;
  }

  get jsonShown(): boolean {
    return this.#jsonShown;
  }

  show(tab: string): void {
    this.#settingsShown = tab === settingsTab;
    if (tab !== settingsTab) this.#workbench.activeFile = tab;
  }

  showFace(face: 'form' | 'json'): void {
    this.#jsonShown = face === 'json';
    this.#jsonSeen ||= this.#jsonShown;
  }

  /** The last menu that was asked for in the code. A new object each time. */
  get menu(): EditorMenuRequest | undefined {
    return this.#menu;
  }

  get panel(): DeskPanel | undefined {
    return this.#panel;
  }

  /** The same panel again closes it. */
  togglePanel(panel: DeskPanel): void {
    this.#panel = this.#panel === panel ? undefined : panel;
    this.#wantedExport = undefined;
  }

  closePanel(): void {
    this.#panel = undefined;
    this.#editor?.focus();
  }

  get wantedExport(): string | undefined {
    return this.#wantedExport;
  }

  showExport(name: string | undefined): void {
    this.#panel = 'imports';
    this.#wantedExport = name;
  }

  /** A line that somebody asked for, for those who show code without the editor. */
  get wantedLine(): Place | undefined {
    return this.#wantedLine;
  }

  /** Fetches the editor and puts it into `host`. Calling it again after a failure tries again. */
  async arrive(host: HTMLElement): Promise<void> {
    if (this.#state === 'coming' || this.#state === 'here') return;
    this.#state = 'coming';
    try {
      const create = await this.#load(this.#workbench.language);
      if (this.#gone) return;
      this.#editor = create(this.#options(host));
      this.#state = 'here';
    } catch {
      this.#state = 'lost';
    }
  }

  /** The reader has typed. */
  edit(document: string, source: string): void {
    if (document === settingsTab) {
      this.settings.edit(source);
      return;
    }
    this.#pending = new Map([...this.#pending, [document, source]]);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.apply(), editRestMs);
  }

  /** Hands over what was typed, now. */
  apply(): void {
    this.settings.apply();
    clearTimeout(this.#rest);
    const { files } = this.#workbench.playerNow.scenario;
    const edits = [...this.#pending].filter(([file, source]) => file in files && files[file] !== source);
    this.#pending = new Map();
    if (edits.length > 0) this.#workbench.playerNow.editFiles(Object.fromEntries(edits));
  }

  /** Another scenario was opened: what was typed belonged to the one before. */
  forget(): void {
    clearTimeout(this.#rest);
    this.#pending = new Map();
    this.settings.discard();
    this.#settingsShown = false;
    this.#wantedLine = undefined;
    this.#editor?.forget();
  }

  run(): void {
    this.apply();
    this.#workbench.playerNow.run();
  }

  /** Takes the newest edit of `file` back: the intervention when it is one, else the editor's own last step. */
  undoChange(file: string): void {
    this.#pending = new Map([...this.#pending].filter(([document]) => document !== file));
    const { interventions } = this.#workbench.playerNow.scenario;
    const index = interventions.findLastIndex((one) => one.type === 'file.edit' && one.file === file);
    if (index >= 0) this.#workbench.playerNow.removeIntervention(index);
    else {
      this.#editor?.undo();
      this.apply();
    }
    // What asked for it goes with the problem.
    this.#editor?.focus();
  }

  format(): void {
    if (this.tab === settingsTab) this.settings.format();
    else this.#editor?.run('format');
  }

  /** Writes an example into the shown file, and imports what it uses. */
  insert(module: string, names: readonly string[], example: string): void {
    const file = this.#workbench.activeFile;
    if (file === undefined) return;
    this.show(file);
    if (this.#editor !== undefined) {
      this.#editor.show(file);
      this.#editor.insert(module, names, example);
      return;
    }
    const source = this.texts[file] ?? '';
    this.edit(file, withImport(`${source.replace(/\n*$/, '\n')}\n${example}\n`, module, names));
  }

  destroy(): void {
    this.#gone = true;
    this.apply();
    this.#editor?.dispose();
  }

  /** What the editor says itself. */
  get words(): EditorWords {
    const { t, language } = this.#workbench;
    const name = this.tab === settingsTab ? settingsText(language).json : (this.tab ?? '');
    return { label: t.editor.editorLabel(name), imports: t.editor.imports, help: t.dialogs.help.title };
  }

  get documents(): readonly string[] {
    return [settingsTab, ...Object.keys(this.#workbench.player.scenario.files)];
  }

  /** All that is wrong, in all files and in the settings, whoever found it. */
  get problems(): readonly Problem[] {
    const settings = this.settings.problems.map((problem) => ({ document: settingsTab, ...problem }));
    const run = Object.keys(this.#workbench.player.scenario.files).flatMap((file) =>
      this.facts.problems(file).map((problem): Problem => {
        const column = problem.type === 'file.rejected' ? problem.column : 1;
        const message = this.facts.message(problem);
        return { document: file, line: lineOf(problem), column, message, severity: 'error' };
      }),
    );
    return inOrder([...settings, ...run, ...this.#found], this.documents);
  }

  /** As the editor draws them, by document. */
  get lineProblems(): ReadonlyMap<string, readonly LineProblem[]> {
    const { t, player } = this.#workbench;
    const files = Object.keys(player.scenario.files).map((file) => [file, this.facts.lineProblems(file)] as const);
    const settings = this.settings.problems.map(({ line, column, message, severity }) => ({
      line,
      column,
      message: t.editor.line(line, message),
      severity,
    }));
    return new Map([[settingsTab, settings], ...files]);
  }

  nextProblem(): void {
    const { document } = this;
    const from = document === undefined ? undefined : { document, ...this.#here(document) };
    const next = nextProblem(this.problems, from, this.documents);
    if (next !== undefined) this.goTo(next);
  }

  goTo(place: Place): void {
    if (place.document === settingsTab) this.showFace('json');
    this.show(place.document);
    // Behind the form it would not take the focus.
    flushSync();
    this.look(place, { withMessage: true });
  }

  /** Shows a line of a document that is open, by whatever shows code. */
  look(place: Place, options: { readonly withMessage?: boolean } = {}): void {
    this.#wantedLine = { ...place };
    if (this.#editor === undefined) return;
    this.#editor.sync(this.texts);
    this.#editor.show(place.document);
    this.#editor.reveal(place.line, place.column, options);
  }

  #here(document: string): CursorPlace {
    if (this.#editor !== undefined) return this.#cursor;
    return this.#wantedLine?.document === document ? this.#wantedLine : { line: 0, column: 0 };
  }

  #options(host: HTMLElement): CodeEditorOptions {
    return {
      host,
      words: this.words,
      onEdit: (document, source) => this.edit(document, source),
      onEditedTogether: (count, undo) => this.#editedTogether(count, undo),
      onCursor: (cursor) => (this.#cursor = cursor),
      onRun: () => this.run(),
      onNextProblem: () => this.nextProblem(),
      onMarkers: (found) => (this.#found = found),
      onShow: (document) => this.show(document),
      onLibrary: (name) => this.showExport(name),
      onHelp: () => this.#workbench.openDialog({ type: 'help' }),
      onTabMode: (movesFocus) => (this.#tabMovesFocus = movesFocus),
      onMenu: (menu) => (this.#menu = menu),
    };
  }

  /** Ctrl+Z undoes in one file; what was renamed in several is taken back in all of them here. */
  #editedTogether(count: number, undo: () => void): void {
    const { t } = this.#workbench;
    this.apply();
    this.#workbench.showToast({
      text: t.editor.changedIn(count),
      action: {
        label: t.toast.undo,
        run: () => {
          undo();
          this.apply();
        },
      },
    });
  }
}
