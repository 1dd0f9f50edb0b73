import type { Fate } from '../../projections/fate';
import { LineMarks } from './line-marks';
import { editor, KeyCode, KeyMod, languageOf, MarkerSeverity, Range, setUpMonaco, Uri } from './monaco';

/**
 * The code editor: one Monaco, a model per file. It owns what is typed; the player owns what runs.
 *
 * Invariants
 * 1. `onEdit` is called for what the reader changes and never for what `sync` writes.
 * 2. Every file of the scenario has a model, shown or not, so that imports between files resolve and every file's
 *    errors are known.
 */
export interface CodeEditorOptions {
  readonly host: HTMLElement;
  readonly ariaLabel: string;
  onEdit(file: string, source: string): void;
  onCursor(at: CursorPlace): void;
  onRun(): void;
  onSave(): void;
  /** Errors that TypeScript sees, by file; files without any are left out. */
  onMarkers(errors: ReadonlyMap<string, number>): void;
  /** Whether Tab leaves the editor instead of indenting. */
  onTabMode(movesFocus: boolean): void;
}

export interface CursorPlace {
  readonly line: number;
  readonly column: number;
}

/** What the run found wrong in a line. */
export interface LineProblem {
  readonly line: number;
  readonly column: number | undefined;
  readonly message: string;
  /** A short fact beside the code: `2 000 000 turns`. */
  readonly badge: string | undefined;
}

/** The selected line, and the message that is there now. */
export interface LineMark {
  readonly line: number;
  readonly message: string | undefined;
  readonly fate: Fate | undefined;
}

const markerOwner = 'run';

export class CodeEditor {
  readonly #options: CodeEditorOptions;
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #marks: LineMarks;
  readonly #views = new Map<string, editor.ICodeEditorViewState | null>();
  readonly #disposables: { dispose(): void }[] = [];
  #syncing = false;
  #shown = '';
  #markersKey = '';

  /** Resolves when code can be coloured: without it the first text would stand in plain ink for a moment. */
  static async prepare(): Promise<void> {
    setUpMonaco();
    await editor.colorize('', 'typescript', {});
  }

  constructor(options: CodeEditorOptions) {
    setUpMonaco();
    this.#options = options;
    this.#editor = editor.create(options.host, { ...look, model: null, ariaLabel: options.ariaLabel });
    this.#marks = new LineMarks(this.#editor);
    this.#bindKeys();
    this.#listen();
  }

  /** Makes the models equal to `files`; a model that is equal already keeps its history and its cursor. */
  sync(files: Readonly<Record<string, string>>): void {
    this.#syncing = true;
    for (const model of editor.getModels()) {
      const file = fileOf(model);
      if (file !== undefined && !(file in files)) model.dispose();
    }
    for (const [file, source] of Object.entries(files)) {
      const model = modelOf(file);
      if (model === null) this.#addModel(file, source);
      else if (model.getValue() !== source) replaceText(model, source);
    }
    this.#syncing = false;
    if (!(this.#shown in files)) this.#shown = '';
  }

  show(file: string): void {
    if (file === this.#shown) return;
    if (this.#shown !== '') this.#views.set(this.#shown, this.#editor.saveViewState());
    this.#shown = file;
    this.#editor.setModel(modelOf(file));
    const view = this.#views.get(file);
    if (view) this.#editor.restoreViewState(view);
    this.#marks.redraw();
    this.#reportCursor();
  }

  /** How often each line of the shown file acted. */
  setHits(hits: ReadonlyMap<number, number>, format: (count: number) => string): void {
    this.#marks.setHits(hits, format);
  }

  setMark(mark: LineMark | undefined): void {
    this.#marks.setMark(mark);
  }

  setProblems(problems: readonly LineProblem[]): void {
    this.#marks.setProblems(problems);
    const model = this.#editor.getModel();
    const key = JSON.stringify([this.#shown, problems]);
    if (model === null || key === this.#markersKey) return;
    this.#markersKey = key;
    editor.setModelMarkers(
      model,
      markerOwner,
      problems.map((problem) => runMarker(model, problem)),
    );
  }

  reveal(line: number): void {
    this.#editor.revealLineInCenterIfOutsideViewport(line);
    this.#editor.setPosition({ lineNumber: line, column: 1 });
  }

  focus(): void {
    this.#editor.focus();
  }

  format(): void {
    this.#trigger('editor.action.formatDocument');
  }

  nextProblem(): void {
    this.#editor.focus();
    this.#trigger('editor.action.marker.nextInFiles');
  }

  undo(): void {
    this.#editor.trigger('toolbar', 'undo', null);
  }

  setAriaLabel(ariaLabel: string): void {
    this.#editor.updateOptions({ ariaLabel });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#editor.dispose();
    for (const model of editor.getModels()) model.dispose();
  }

  #addModel(file: string, source: string): void {
    const model = editor.createModel(source, languageOf(file), uriOf(file));
    model.updateOptions({
      tabSize: 2,
      insertSpaces: true,
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    const listener = model.onDidChangeContent(() => {
      if (!this.#syncing) this.#options.onEdit(file, model.getValue());
    });
    model.onWillDispose(() => listener.dispose());
  }

  #bindKeys(): void {
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => this.#options.onRun());
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyS, () => this.#options.onSave());
    this.#editor.addCommand(KeyCode.F8, () => this.nextProblem());
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyM, () => this.toggleTabMode());
  }

  /** Held by this editor, not by Monaco's page-wide switch, so that the status bar can say which way it is. */
  toggleTabMode(): void {
    const movesFocus = !this.#editor.getOption(editor.EditorOption.tabFocusMode);
    this.#editor.updateOptions({ tabFocusMode: movesFocus });
    this.#options.onTabMode(movesFocus);
  }

  #listen(): void {
    this.#disposables.push(
      this.#editor.onDidChangeCursorPosition(() => this.#reportCursor()),
      editor.onDidChangeMarkers(() => this.#options.onMarkers(typeErrors())),
    );
  }

  #reportCursor(): void {
    const position = this.#editor.getPosition();
    if (position) this.#options.onCursor({ line: position.lineNumber, column: position.column });
  }

  #trigger(action: string): void {
    void this.#editor.getAction(action)?.run();
  }
}

const look: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  fontFamily: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSize: 12,
  lineHeight: 20,
  fontLigatures: false,
  minimap: { enabled: false },
  glyphMargin: false,
  folding: false,
  lineDecorationsWidth: 8,
  scrollBeyondLastLine: false,
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: 'none',
  padding: { top: 8, bottom: 8 },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
  stickyScroll: { enabled: false },
  guides: { indentation: false },
  fixedOverflowWidgets: true,
  occurrencesHighlight: 'off',
  unicodeHighlight: { nonBasicASCII: false, ambiguousCharacters: false },
  'semanticHighlighting.enabled': false,
  cursorSmoothCaretAnimation: 'off',
  cursorBlinking: 'solid',
  quickSuggestions: { other: true, comments: false, strings: true },
  accessibilitySupport: 'auto',
};

function uriOf(file: string): Uri {
  return Uri.parse(`file:///${file}`);
}

function modelOf(file: string): editor.ITextModel | null {
  return editor.getModel(uriOf(file));
}

/** Nothing for models that are not a file of the scenario, for example a library's types opened by *Go to definition*. */
function fileOf(model: editor.ITextModel): string | undefined {
  const path = model.uri.path.slice(1);
  return model.uri.scheme === 'file' && !path.startsWith('node_modules/') && !/^lib\..*\.d\.ts$/.test(path)
    ? path
    : undefined;
}

/** As one edit, so that undo brings the reader's own text back. */
function replaceText(model: editor.ITextModel, source: string): void {
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text: source }], () => null);
  model.pushStackElement();
}

function typeErrors(): ReadonlyMap<string, number> {
  const errors = new Map<string, number>();
  for (const marker of editor.getModelMarkers({})) {
    if (marker.severity !== MarkerSeverity.Error || marker.owner === markerOwner) continue;
    const file = marker.resource.path.slice(1);
    errors.set(file, (errors.get(file) ?? 0) + 1);
  }
  return errors;
}

function runMarker(model: editor.ITextModel, problem: LineProblem): editor.IMarkerData {
  const line = Math.min(Math.max(1, problem.line), model.getLineCount());
  const word =
    problem.column === undefined ? null : model.getWordAtPosition({ lineNumber: line, column: problem.column });
  const range =
    word === null
      ? new Range(line, model.getLineFirstNonWhitespaceColumn(line) || 1, line, model.getLineMaxColumn(line))
      : new Range(line, word.startColumn, line, word.endColumn);
  return {
    severity: MarkerSeverity.Error,
    message: problem.message,
    source: 'Eventarium',
    startLineNumber: range.startLineNumber,
    startColumn: range.startColumn,
    endLineNumber: range.endLineNumber,
    endColumn: range.endColumn,
  };
}
