import { codeLook } from './code-look';
import { comparedScheme, modelLook } from './models';
import { editor, languageOf, setUpMonaco, Uri } from './monaco';

/** Two texts side by side, to be read. Where there is little room, one below the other, line by line. */
export interface DiffText {
  readonly file: string;
  readonly source: string;
}

export class DiffEditor {
  readonly #editor: editor.IStandaloneDiffEditor;
  /** As text: whoever asks again for what is on show stays where they read. */
  #shown = '';

  static async prepare(): Promise<void> {
    setUpMonaco();
    await editor.colorize('', 'typescript', {});
  }

  constructor(host: HTMLElement) {
    this.#editor = editor.createDiffEditor(host, {
      ...codeLook,
      readOnly: true,
      originalEditable: false,
      renderOverviewRuler: false,
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      hideUnchangedRegions: { enabled: false },
      ignoreTrimWhitespace: true,
      wordWrap: 'on',
      links: false,
    });
  }

  show(texts: readonly [DiffText, DiffText], labels: readonly [string, string]): void {
    const wanted = JSON.stringify(texts);
    if (wanted !== this.#shown) {
      // First, since two models cannot have one address.
      this.#clear();
      const [original, modified] = texts.map(modelOf) as [editor.ITextModel, editor.ITextModel];
      this.#editor.setModel({ original, modified });
      this.#shown = wanted;
    }
    this.#editor.getOriginalEditor().updateOptions({ ariaLabel: labels[0] });
    this.#editor.getModifiedEditor().updateOptions({ ariaLabel: labels[1] });
  }

  /** To the next difference, or the one before. */
  goTo(target: 'next' | 'previous'): void {
    this.#editor.goToDiff(target);
  }

  dispose(): void {
    this.#clear();
    this.#editor.dispose();
  }

  #clear(): void {
    const shown = this.#editor.getModel();
    this.#editor.setModel(null);
    shown?.original.dispose();
    shown?.modified.dispose();
  }
}

function modelOf({ file, source }: DiffText, side: number): editor.ITextModel {
  const model = editor.createModel(source, languageOf(file), Uri.parse(`${comparedScheme}://${String(side)}/${file}`));
  model.updateOptions(modelLook);
  return model;
}
