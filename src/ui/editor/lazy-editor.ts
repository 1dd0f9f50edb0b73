import type { Language } from '../text/format';
import type { CodeEditor, CodeEditorOptions } from './code-editor';
import type { DiffEditor } from './diff-editor';

type EditorModule = typeof import('./code-editor');

declare global {
  /** Where Monaco looks its messages up, by number; one that is not there is English. */
  var _VSCODE_NLS_MESSAGES: Readonly<Record<number, string>> | undefined;
}

let arriving: Promise<EditorModule> | undefined;

/**
 * Fetches the editor's chunk once; a failure is forgotten, so that the next call tries again.
 *
 * Monaco takes most of its words as its modules are evaluated. So what it says itself stays in the language that the first
 * call named, until the page is loaded anew.
 */
export async function loadCodeEditor(language: Language = 'en'): Promise<(options: CodeEditorOptions) => CodeEditor> {
  arriving ??= fetchEditor(language);
  try {
    const { CodeEditor: Editor } = await arriving;
    await Editor.prepare();
    return (options) => new Editor(options);
  } catch (error) {
    arriving = undefined;
    throw error;
  }
}

/** Two texts side by side. In the language of whatever of Monaco came first. */
export async function loadDiffEditor(language: Language): Promise<(host: HTMLElement) => DiffEditor> {
  await speak(language);
  const { DiffEditor: Editor } = await import('./diff-editor');
  await Editor.prepare();
  return (host) => new Editor(host);
}

async function fetchEditor(language: Language): Promise<EditorModule> {
  await speak(language);
  return import('./code-editor');
}

let speaking: Promise<void> | undefined;

/** Before anything of Monaco is there: the first language stays. */
function speak(language: Language): Promise<void> {
  speaking ??= language === 'uk' ? speakUkrainian() : Promise.resolve();
  speaking.catch(() => (speaking = undefined));
  return speaking;
}

async function speakUkrainian(): Promise<void> {
  const { ukMonaco } = await import('../text/uk-monaco');
  globalThis._VSCODE_NLS_MESSAGES = Object.fromEntries(ukMonaco.map(([index, , ukrainian]) => [index, ukrainian]));
}
