import { editor, languageOf, Uri } from './monaco';
import { settingsTab } from './settings-tab';

/** The documents as Monaco knows them: a file of the scenario by its name, `scenario.json` by the name of its tab. */
const settingsUri = Uri.parse('settings:///scenario.json');

/** Of texts that are set side by side. No document has it: neither the editor nor what checks the files knows of them. */
export const comparedScheme = 'compared';

export const modelLook: editor.ITextModelUpdateOptions = {
  tabSize: 2,
  insertSpaces: true,
  bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
};

/** What the schema of `scenario.json` is tied to. */
export const settingsAddress = settingsUri.toString();

export function uriOf(document: string): Uri {
  return document === settingsTab ? settingsUri : Uri.parse(`file:///${document}`);
}

export function modelOf(document: string): editor.ITextModel | null {
  return editor.getModel(uriOf(document));
}

/** Nothing for what is not a document of the scenario, for example a library's types opened by *Go to definition*. */
export function documentAt(uri: Uri): string | undefined {
  if (uri.scheme === settingsUri.scheme) return settingsTab;
  const path = uri.path.slice(1);
  const isOurs = uri.scheme === 'file' && !path.startsWith('node_modules/') && !/^lib\..*\.d\.ts$/.test(path);
  return isOurs ? path : undefined;
}

export function newModel(document: string, source: string): editor.ITextModel {
  const model = editor.createModel(source, document === settingsTab ? 'json' : languageOf(document), uriOf(document));
  model.updateOptions(modelLook);
  return model;
}

/** All there is for the editor, libraries' types included; what else is on show somewhere stays. */
export function disposeDocuments(): void {
  for (const model of editor.getModels()) if (model.uri.scheme !== comparedScheme) model.dispose();
}

/** As one edit, so that undo brings the reader's own text back; only what differs, so that the cursor stays. */
export function replaceText(model: editor.ITextModel, source: string): void {
  const old = model.getValue();
  let from = 0;
  while (from < old.length && old[from] === source[from]) from += 1;
  let end = 0;
  const most = Math.min(old.length, source.length) - from;
  while (end < most && old.at(-1 - end) === source.at(-1 - end)) end += 1;
  const [start, stop] = [model.getPositionAt(from), model.getPositionAt(old.length - end)];
  const range = {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: stop.lineNumber,
    endColumn: stop.column,
  };
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: source.slice(from, source.length - end) }], () => null);
  model.pushStackElement();
}

/** Monaco's declarations leave out that a model undoes by itself, whether it is on show or not. */
export function undoIn(model: editor.ITextModel): void {
  void (model as editor.ITextModel & { undo(): void | Promise<void> }).undo();
}
