import type { editor } from './monaco';

/** What the editor can do where the cursor is, in the order of its menu. The words for it are in the catalogue. */
export const editorActions = [
  'definition',
  'peek',
  'references',
  'rename',
  'changeAll',
  'format',
  'imports',
  'cut',
  'copy',
  'paste',
] as const;
export type EditorAction = (typeof editorActions)[number];

/** As Monaco calls them. It says itself where its actions make sense (`asks`); its commands are always there. */
const monacoIds: Readonly<Record<EditorAction, { readonly id: string; readonly asks?: 'monaco' | 'name' }>> = {
  definition: { id: 'editor.action.revealDefinition', asks: 'name' },
  peek: { id: 'editor.action.peekDefinition', asks: 'name' },
  references: { id: 'editor.action.goToReferences', asks: 'name' },
  rename: { id: 'editor.action.rename', asks: 'monaco' },
  changeAll: { id: 'editor.action.changeAll', asks: 'monaco' },
  format: { id: 'editor.action.formatDocument', asks: 'monaco' },
  imports: { id: 'eventarium.imports' },
  cut: { id: 'editor.action.clipboardCutAction' },
  copy: { id: 'editor.action.clipboardCopyAction' },
  paste: { id: 'editor.action.clipboardPasteAction' },
};

/** Those that the document's language knows and the place of the cursor allows. */
export function actionsOf(code: editor.ICodeEditor): readonly EditorAction[] {
  return editorActions.filter((action) => {
    const { id, asks } = monacoIds[action];
    if (asks === undefined) return true;
    return asks === 'name' ? isAtName(code) : (code.getAction(id)?.isSupported() ?? false);
  });
}

function isAtName(code: editor.ICodeEditor): boolean {
  const [model, cursor] = [code.getModel(), code.getPosition()];
  if (model === null || cursor === null) return false;
  return model.getLanguageId() === 'typescript' && model.getWordAtPosition(cursor) !== null;
}

export function runAction(code: editor.ICodeEditor, action: EditorAction): void {
  code.focus();
  code.trigger('menu', monacoIds[action].id, null);
}
