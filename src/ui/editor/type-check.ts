import { editor, getTypeScriptWorker, ignoredCodes, MarkerSeverity, MarkerTag } from './monaco';

/**
 * What TypeScript finds wrong in the files, all of them after each change in any: what one file exports is another one's
 * import. Monaco's own check, which this replaces, looks only at the file that changed, and at a new one before the next
 * one is there.
 */
const owner = 'typescript';
/** Nobody wants to be corrected in the middle of a word. */
const typingRestMs = 500;

type Worker = Awaited<ReturnType<Awaited<ReturnType<typeof getTypeScriptWorker>>>>;
type Diagnostic = Awaited<ReturnType<Worker['getSemanticDiagnostics']>>[number];

export class TypeCheck {
  readonly #disposables = [
    editor.onDidCreateModel((model) => this.#watch(model)),
    editor.onWillDisposeModel((model) => {
      if (!isTypeScript(model)) return;
      // Monaco would keep them.
      editor.setModelMarkers(model, owner, []);
      this.#soon(0);
    }),
  ];
  #rest: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  dispose(): void {
    clearTimeout(this.#rest);
    this.#round += 1;
    for (const model of editor.getModels()) editor.setModelMarkers(model, owner, []);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #watch(model: editor.ITextModel): void {
    if (!isTypeScript(model)) return;
    model.onDidChangeContent(() => this.#soon(typingRestMs));
    this.#soon(0);
  }

  #soon(restMs: number): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#checkAll(), restMs);
  }

  /** What was found in a text that has changed meanwhile is nothing: the check of the new one is on its way. */
  async #checkAll(): Promise<void> {
    const round = (this.#round += 1);
    const models = editor.getModels().filter(isTypeScript);
    const workerOf = await getTypeScriptWorker().catch(() => undefined);
    if (round !== this.#round) return;
    // The first model has Monaco set the language up, and it does not say when it is done.
    if (workerOf === undefined) return this.#soon(typingRestMs);
    const worker = await workerOf(...models.map(({ uri }) => uri));
    for (const model of models) {
      if (round !== this.#round) return;
      const version = model.getVersionId();
      const found = await diagnosticsOf(worker, model.uri.toString());
      if (round !== this.#round || model.isDisposed() || model.getVersionId() !== version) return;
      const markers = found.filter(({ code }) => !ignoredCodes.includes(code)).map((each) => markerOf(model, each));
      editor.setModelMarkers(model, owner, markers);
    }
  }
}

function isTypeScript(model: editor.ITextModel): boolean {
  return model.getLanguageId() === 'typescript' && model.uri.scheme === 'file';
}

async function diagnosticsOf(worker: Worker, file: string): Promise<readonly Diagnostic[]> {
  const found = await Promise.all([worker.getSyntacticDiagnostics(file), worker.getSemanticDiagnostics(file)]);
  return found.flat();
}

function markerOf(model: editor.ITextModel, diagnostic: Diagnostic): editor.IMarkerData {
  const start = diagnostic.start ?? 0;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(start + (diagnostic.length ?? 1));
  return {
    severity: severities[diagnostic.category],
    message: messageOf(diagnostic.messageText),
    code: String(diagnostic.code),
    tags: [
      ...(diagnostic.reportsUnnecessary ? [MarkerTag.Unnecessary] : []),
      ...(diagnostic.reportsDeprecated ? [MarkerTag.Deprecated] : []),
    ],
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** By TypeScript's number of the category: warning, error, suggestion, message. */
const severities = [MarkerSeverity.Warning, MarkerSeverity.Error, MarkerSeverity.Hint, MarkerSeverity.Info] as const;

/** A message may have reasons, each deeper than the one before. */
function messageOf(text: Diagnostic['messageText'], depth = 0): string {
  if (typeof text === 'string') return text;
  const reasons = (text.next ?? []).map((reason) => messageOf(reason, depth + 1));
  return [`${'  '.repeat(depth)}${text.messageText}`, ...reasons].join('\n');
}
