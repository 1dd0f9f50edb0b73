import type { Fate } from '../../projections/fate';
import { codeLook } from './code-look';
import { actionsOf, runAction, type EditorAction } from './editor-actions';
import { importEdit } from './import-edit';
import { LineMarks } from './line-marks';
import { foundByLanguages, markProblems, silenceJson } from './markers';
import { disposeDocuments, documentAt, modelOf, newModel, replaceText, settingsAddress, undoIn } from './models';
import { editor, jsonDefaults, KeyCode, KeyMod, Range, setUpMonaco, type Uri } from './monaco';
import type { Problem } from './problems';
import { settingsTab } from './settings-tab';
import { TypeCheck } from './type-check';

/**
 * The code editor: one Monaco, a model per document: the files, and `scenario.json` once it was looked at. It owns what is
 * typed; the player owns what runs.
 *
 * Invariants
 * 1. `onEdit` is called for what the reader changes and never for what `sync` writes.
 * 2. Every file of the scenario has a model, shown or not, so that imports between files resolve and every file's
 *    errors are known.
 */
export interface CodeEditorOptions {
  readonly host: HTMLElement;
  readonly words: EditorWords;
  onEdit(document: string, source: string): void;
  /** One step changed several documents, as renaming a symbol does. `undo` takes it back in each that it still stands in. */
  onEditedTogether(count: number, undo: () => void): void;
  onCursor(at: CursorPlace): void;
  onRun(): void;
  onNextProblem(): void;
  /** All that the languages found, in all documents. */
  onMarkers(found: readonly Problem[]): void;
  /** The editor went to another document by itself: to a definition, a reference. */
  onShow(document: string): void;
  /** Someone wants to know what a library's export is; nothing: what there is. */
  onLibrary(name: string | undefined): void;
  /** The reader wants to know the keys. */
  onHelp(): void;
  /** Whether Tab leaves the editor instead of indenting. */
  onTabMode(movesFocus: boolean): void;
  /** The reader asks what can be done here. */
  onMenu(menu: EditorMenuRequest): void;
}

/** Where a menu is wanted, in the window, and what it can offer. */
export interface EditorMenuRequest {
  readonly x: number;
  readonly y: number;
  readonly actions: readonly EditorAction[];
}

/** What the editor says itself, in the reader's language. */
export interface EditorWords {
  readonly label: string;
  readonly imports: string;
  readonly help: string;
}

export interface CursorPlace {
  readonly line: number;
  readonly column: number;
}

/** What is wrong in a line. */
export interface LineProblem {
  readonly line: number;
  readonly column: number | undefined;
  readonly message: string;
  /** Default `error`. */
  readonly severity?: 'error' | 'warning';
}

/** The selected line, and the message that is there now. */
export interface LineMark {
  readonly line: number;
  readonly message: string | undefined;
  readonly fate: Fate | undefined;
}

export class CodeEditor {
  readonly #options: CodeEditorOptions;
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #marks: LineMarks;
  readonly #views = new Map<string, editor.ICodeEditorViewState | null>();
  readonly #disposables: { dispose(): void }[] = [];
  readonly #touched = new Set<editor.ITextModel>();
  #syncing = false;
  #shown = '';
  #problems: ReadonlyMap<string, readonly LineProblem[]> = new Map();
  #problemsKey = '';
  #schemaKey = '';
  #words: EditorWords | undefined;
  #actions: readonly { dispose(): void }[] = [];

  /** Resolves when code can be coloured: without it the first text would stand in plain ink for a moment. */
  static async prepare(): Promise<void> {
    setUpMonaco();
    await editor.colorize('', 'typescript', {});
  }

  constructor(options: CodeEditorOptions) {
    setUpMonaco();
    this.#options = options;
    this.#disposables.push(new TypeCheck());
    this.#editor = editor.create(options.host, { ...codeLook, model: null });
    this.#marks = new LineMarks(this.#editor);
    this.setWords(options.words);
    this.#bindKeys();
    this.#listen();
  }

  /** Makes the models equal to `texts`; a model that is equal already keeps its history and its cursor. */
  sync(texts: Readonly<Record<string, string>>): void {
    this.#syncing = true;
    for (const model of editor.getModels()) {
      const document = documentAt(model.uri);
      if (document !== undefined && !(document in texts)) model.dispose();
    }
    for (const [document, source] of Object.entries(texts)) {
      const model = modelOf(document);
      if (model === null) this.#addModel(document, source);
      else if (model.getValue() !== source) replaceText(model, source);
    }
    this.#syncing = false;
    if (!(this.#shown in texts)) this.#shown = '';
  }

  show(document: string): void {
    const model = modelOf(document);
    // A file that was named before it came is shown when it is here.
    if (document === this.#shown || model === null) return;
    if (this.#shown !== '') this.#views.set(this.#shown, this.#editor.saveViewState());
    this.#shown = document;
    this.#editor.setModel(model);
    this.#editor.updateOptions({ wordWrap: document === settingsTab ? 'on' : 'off' });
    const view = this.#views.get(document);
    if (view) this.#editor.restoreViewState(view);
    this.#marks.show(this.#problems.get(document) ?? []);
    this.#reportCursor();
  }

  /** Another scenario: nothing of the one before can be undone in it, though files may have the same names. */
  forget(): void {
    this.#shown = '';
    this.#views.clear();
    this.#problemsKey = '';
    disposeDocuments();
  }

  /** How often each line of the shown file acted. */
  setHits(hits: ReadonlyMap<number, number>, format: (count: number) => string): void {
    this.#marks.setHits(hits, format);
  }

  setMark(mark: LineMark | undefined): void {
    this.#marks.setMark(mark);
  }

  /** By document, those that are not on show too. */
  setProblems(problems: ReadonlyMap<string, readonly LineProblem[]>): void {
    const key = JSON.stringify([...problems]);
    if (key === this.#problemsKey) return;
    this.#problemsKey = key;
    this.#problems = problems;
    for (const [document, found] of problems) {
      const model = modelOf(document);
      if (model !== null) markProblems(model, found);
    }
    this.#marks.setProblems(problems.get(this.#shown) ?? []);
  }

  setWords(words: EditorWords): void {
    if (JSON.stringify(words) === JSON.stringify(this.#words)) return;
    this.#words = words;
    this.#editor.updateOptions({ ariaLabel: words.label });
    for (const action of this.#actions) action.dispose();
    this.#actions = [
      this.#editor.addAction({
        id: 'eventarium.imports',
        label: words.imports,
        keybindings: [KeyMod.Shift | KeyCode.F1],
        run: () => this.#options.onLibrary(undefined),
      }),
      this.#editor.addAction({
        id: 'eventarium.help',
        label: words.help,
        keybindings: [KeyCode.F1],
        run: () => this.#options.onHelp(),
      }),
    ];
  }

  /** What `scenario.json` may hold: completion and hover text. What is wrong in it, its own parser says. */
  setSettingsSchema(schema: unknown): void {
    const key = JSON.stringify(schema);
    if (key === this.#schemaKey) return;
    this.#schemaKey = key;
    const schemas = [{ uri: 'eventarium://scenario', fileMatch: [settingsAddress], schema }];
    jsonDefaults.setDiagnosticsOptions({ validate: true, schemaValidation: 'ignore', schemas });
  }

  /** `withMessage`: says what is wrong there, as when the pointer rests on it. */
  reveal(line: number, column = 1, { withMessage = false } = {}): void {
    this.#editor.setPosition({ lineNumber: line, column });
    this.#editor.revealLineInCenterIfOutsideViewport(line);
    if (!withMessage) return;
    this.#editor.focus();
    this.#trigger('editor.action.showHover');
  }

  focus(): void {
    this.#editor.focus();
  }

  run(action: EditorAction): void {
    runAction(this.#editor, action);
  }

  undo(): void {
    this.#editor.trigger('toolbar', 'undo', null);
  }

  /** Below the line of the cursor, or at the end while the cursor is among the imports. */
  insert(module: string, names: readonly string[], example: string): void {
    const model = this.#editor.getModel();
    const cursor = this.#editor.getPosition();
    if (model === null || cursor === null) return;
    const { at, text } = importEdit(model.getValue(), module, names);
    const isAmongImports = model.getOffsetAt(cursor) < at;
    const line = isAmongImports ? model.getLineCount() : cursor.lineNumber;
    const indent = /^\s*/.exec(model.getLineContent(line))?.[0] ?? '';
    const code = example.split('\n').map((each) => (each === '' ? '' : indent + each));
    const end = model.getLineMaxColumn(line);
    const isEmpty = model.getLineContent(line).trim() === '';
    const below = new Range(line, isEmpty ? 1 : end, line, end);
    const above = model.getPositionAt(at);
    this.#editor.pushUndoStop();
    this.#editor.executeEdits('imports', [
      { range: below, text: (isEmpty ? '' : '\n') + code.join('\n') },
      { range: Range.fromPositions(above), text },
    ]);
    this.#editor.pushUndoStop();
    const added = text.split('\n').length - 1;
    this.reveal(line + added + (isEmpty ? 0 : 1), indent.length + 1);
    this.#editor.focus();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
    this.#editor.dispose();
    disposeDocuments();
  }

  /** Held by this editor, not by Monaco's page-wide switch, so that the status bar can say which way it is. */
  toggleTabMode(): void {
    const movesFocus = !this.#editor.getOption(editor.EditorOption.tabFocusMode);
    this.#editor.updateOptions({ tabFocusMode: movesFocus });
    this.#options.onTabMode(movesFocus);
  }

  #addModel(document: string, source: string): void {
    const model = newModel(document, source);
    const listener = model.onDidChangeContent((event) => {
      if (this.#syncing) return;
      if (!event.isUndoing && !event.isRedoing) this.#touch(model);
      this.#options.onEdit(document, model.getValue());
    });
    model.onWillDispose(() => listener.dispose());
    markProblems(model, this.#problems.get(document) ?? []);
  }

  /** What changes in one turn was one step. */
  #touch(model: editor.ITextModel): void {
    this.#touched.add(model);
    if (this.#touched.size > 1) return;
    queueMicrotask(() => {
      const changed = [...this.#touched].map((each) => ({ model: each, version: each.getAlternativeVersionId() }));
      this.#touched.clear();
      if (changed.length < 2) return;
      this.#options.onEditedTogether(changed.length, () => {
        for (const { model: each, version } of changed)
          if (!each.isDisposed() && each.getAlternativeVersionId() === version) undoIn(each);
      });
    });
  }

  #bindKeys(): void {
    const isMac = navigator.platform.startsWith('Mac');
    this.#editor.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => this.#options.onRun());
    this.#editor.addCommand(KeyCode.F8, () => this.#options.onNextProblem());
    this.#editor.addCommand(KeyMod.Shift | KeyCode.F10, () => this.#askForMenu());
    // Ctrl on a Mac too, where Command and M put the window away.
    this.#editor.addCommand((isMac ? KeyMod.WinCtrl : KeyMod.CtrlCmd) | KeyCode.KeyM, () => this.toggleTabMode());
  }

  #listen(): void {
    this.#disposables.push(
      this.#editor.onDidChangeCursorPosition(() => this.#reportCursor()),
      this.#editor.onContextMenu(({ event, target }) => {
        // In a field, as the one of a search, the browser's own menu is of more use.
        if (target.type === editor.MouseTargetType.OVERLAY_WIDGET) return;
        event.preventDefault();
        const isByKey = target.type === editor.MouseTargetType.TEXTAREA;
        this.#askForMenu(isByKey ? undefined : { x: event.posx - scrollX, y: event.posy - scrollY });
      }),
      editor.onDidChangeMarkers(() => {
        silenceJson();
        this.#options.onMarkers(foundByLanguages());
      }),
      editor.registerEditorOpener({
        openCodeEditor: (_source, resource, place) => this.#goTo(resource, place),
      }),
    );
  }

  /** A definition or reference elsewhere: in another file, in a library. */
  #goTo(resource: Uri, place: Parameters<editor.ICodeEditorOpener['openCodeEditor']>[2]): boolean {
    const [line, column] =
      place === undefined
        ? [1, 1]
        : 'lineNumber' in place
          ? [place.lineNumber, place.column]
          : [place.startLineNumber, place.startColumn];
    const document = documentAt(resource);
    if (document !== undefined && modelOf(document) !== null) {
      this.show(document);
      this.#options.onShow(document);
      this.reveal(line, column);
      this.#editor.focus();
      return true;
    }
    if (resource.path.startsWith('/node_modules/') && !resource.path.startsWith('/node_modules/@types/'))
      this.#options.onLibrary(editor.getModel(resource)?.getWordAtPosition({ lineNumber: line, column })?.word);
    // The language's own types are read where one is.
    else setTimeout(() => this.#trigger('editor.action.peekDefinition'));
    return true;
  }

  /** Below the cursor, unless the pointer says where. */
  #askForMenu(place?: { readonly x: number; readonly y: number }): void {
    this.#editor.focus();
    const cursor = this.#editor.getPosition();
    const at = cursor && this.#editor.getScrolledVisiblePosition(cursor);
    const box = this.#options.host.getBoundingClientRect();
    const below = { x: box.left + (at?.left ?? 0), y: box.top + (at === null ? 0 : at.top + at.height) };
    this.#options.onMenu({ ...(place ?? below), actions: actionsOf(this.#editor) });
  }

  #reportCursor(): void {
    const position = this.#editor.getPosition();
    if (position) this.#options.onCursor({ line: position.lineNumber, column: position.column });
  }

  #trigger(action: string): void {
    this.#editor.trigger('eventarium', action, null);
  }
}
