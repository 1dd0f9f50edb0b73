import type { CodeEditor, CodeEditorOptions } from './code-editor';

type EditorModule = typeof import('./code-editor');

let arriving: Promise<EditorModule> | undefined;

/** Fetches the editor's chunk once; a failure is forgotten, so that the next call tries again. */
export async function loadCodeEditor(): Promise<(options: CodeEditorOptions) => CodeEditor> {
  arriving ??= import('./code-editor');
  try {
    const { CodeEditor: Editor } = await arriving;
    await Editor.prepare();
    return (options) => new Editor(options);
  } catch (error) {
    arriving = undefined;
    throw error;
  }
}
