import type { editor } from 'monaco-editor/editor';

/** Monaco's theme from the tokens in force: nothing about a colour is said twice. */
export function themeFromTokens(style: CSSStyleDeclaration): editor.IStandaloneThemeData {
  const token = (name: string): string => sixDigits(style.getPropertyValue(`--${name}`).trim()) || '#808080';
  const rule = (name: string, colour: string): editor.ITokenThemeRule => ({
    token: name,
    foreground: token(colour).replace('#', ''),
  });
  const base = style.colorScheme.includes('light') ? 'vs' : 'vs-dark';
  return { base, inherit: true, rules: tokenRules(rule), colors: editorColours(token) };
}

/** The build shortens `#ffffff` to `#fff`, which Monaco refuses. */
function sixDigits(colour: string): string {
  return /^#[\da-f]{3}$/i.test(colour) ? colour.replace(/[\da-f]/gi, '$&$&') : colour;
}

function tokenRules(rule: (name: string, colour: string) => editor.ITokenThemeRule): editor.ITokenThemeRule[] {
  return [
    rule('', 'ink-1'),
    ...['identifier', 'type', 'delimiter', 'tag', 'variable', 'string.key.json', 'annotation'].map((name) =>
      rule(name, 'ink-1'),
    ),
    ...['comment', 'comment.doc'].map((name) => rule(name, 'ink-3')),
    ...['keyword', 'keyword.json', 'keyword.flow'].map((name) => rule(name, 's-k')),
    ...['string', 'string.escape', 'string.value.json', 'regexp'].map((name) => rule(name, 's-s')),
    ...['number', 'number.json', 'constant'].map((name) => rule(name, 's-d')),
  ];
}

const transparent = '#00000000';

/** Kinds of completions are told by their icons; colour is for fates. */
const symbolKinds = (
  'array boolean class color constant constructor enumerator enumeratorMember event field file folder function interface ' +
  'key keyword method module namespace null number object operator package property reference snippet string struct ' +
  'text typeParameter unit variable'
).split(' ');

/** By Monaco's names: a token, or a token and how much of it, in two hexadecimal digits. */
const colours: Readonly<Record<string, string>> = {
  'editor.background': 'bg-1',
  'editor.foreground': 'ink-1',
  'editorGutter.background': 'bg-1',
  'editorLineNumber.foreground': 'ink-3',
  'editorLineNumber.activeForeground': 'ink-1',
  // Of a last line that is empty. Monaco would fade it.
  'editorLineNumber.dimmedForeground': 'ink-3',
  'editorCursor.foreground': 'accent',
  'editor.selectionBackground': 'accent 40',
  'editor.inactiveSelectionBackground': 'bg-3',
  'editor.selectionHighlightBackground': 'bg-3',
  'editor.wordHighlightBackground': 'bg-3',
  'editor.wordHighlightStrongBackground': 'bg-3',
  'editor.findMatchBackground': 'accent 40',
  'editor.findMatchHighlightBackground': 'bg-3',
  'editor.lineHighlightBackground': 'none',
  'editor.lineHighlightBorder': 'none',
  'editorIndentGuide.background1': 'line',
  'editorIndentGuide.activeBackground1': 'line-2',
  'editorBracketMatch.background': 'bg-3',
  'editorBracketMatch.border': 'line-3',
  'editorError.foreground': 'failed',
  'editorWarning.foreground': 'ink-2',
  'editorInfo.foreground': 'ink-3',
  'editorLightBulb.foreground': 'ink-2',
  'editorLightBulbAutoFix.foreground': 'ink-2',
  'editorWidget.background': 'bg-2',
  'editorWidget.foreground': 'ink-1',
  'editorWidget.border': 'line-2',
  'editorHoverWidget.background': 'bg-3',
  'editorHoverWidget.border': 'line-2',
  'editorSuggestWidget.background': 'bg-2',
  'editorSuggestWidget.border': 'line-2',
  'editorSuggestWidget.foreground': 'ink-2',
  'editorSuggestWidget.selectedBackground': 'bg-sel',
  'editorSuggestWidget.selectedForeground': 'ink-1',
  'editorSuggestWidget.highlightForeground': 'accent',
  'editorSuggestWidget.focusHighlightForeground': 'accent',
  'list.hoverBackground': 'bg-3',
  // Which side a text is on says where it belongs: no fate, no colour of its own.
  'diffEditor.insertedLineBackground': 'bg-2',
  'diffEditor.removedLineBackground': 'bg-2',
  'diffEditor.insertedTextBackground': 'bg-sel',
  'diffEditor.removedTextBackground': 'bg-sel',
  'diffEditorGutter.insertedLineBackground': 'bg-2',
  'diffEditorGutter.removedLineBackground': 'bg-2',
  'diffEditor.diagonalFill': 'line',
  'diffEditor.border': 'line',
  'list.activeSelectionBackground': 'bg-sel',
  'list.activeSelectionForeground': 'ink-1',
  'list.inactiveSelectionBackground': 'bg-sel',
  'list.focusBackground': 'bg-sel',
  'list.focusForeground': 'ink-1',
  'list.highlightForeground': 'accent',
  'list.focusHighlightForeground': 'accent',
  'menu.background': 'bg-2',
  'menu.foreground': 'ink-1',
  'menu.border': 'line-2',
  'menu.selectionBackground': 'bg-3',
  'menu.selectionForeground': 'ink-1',
  'menu.separatorBackground': 'line',
  'quickInput.background': 'bg-2',
  'quickInput.foreground': 'ink-1',
  'quickInputList.focusBackground': 'bg-sel',
  'quickInputList.focusForeground': 'ink-1',
  'pickerGroup.foreground': 'ink-3',
  'pickerGroup.border': 'line',
  'keybindingLabel.background': 'bg-3',
  'keybindingLabel.foreground': 'ink-1',
  'keybindingLabel.border': 'line-2',
  'keybindingLabel.bottomBorder': 'line-2',
  'peekView.border': 'line-2',
  'peekViewTitle.background': 'bg-2',
  'peekViewTitleLabel.foreground': 'ink-1',
  'peekViewTitleDescription.foreground': 'ink-3',
  'peekViewEditor.background': 'bg-1',
  'peekViewEditorGutter.background': 'bg-1',
  'peekViewEditor.matchHighlightBackground': 'bg-3',
  'peekViewResult.background': 'bg-2',
  'peekViewResult.fileForeground': 'ink-1',
  'peekViewResult.lineForeground': 'ink-2',
  'peekViewResult.matchHighlightBackground': 'bg-3',
  'peekViewResult.selectionBackground': 'bg-sel',
  'peekViewResult.selectionForeground': 'ink-1',
  'textLink.foreground': 'accent',
  'textLink.activeForeground': 'accent',
  'textCodeBlock.background': 'bg-2',
  'editorLink.activeForeground': 'accent',
  'button.background': 'accent',
  'button.foreground': 'accent-ink',
  'inputOption.activeBackground': 'bg-3',
  'inputOption.activeBorder': 'accent',
  'inputOption.activeForeground': 'ink-1',
  'inputValidation.errorBackground': 'bg-2',
  'inputValidation.errorBorder': 'failed',
  descriptionForeground: 'ink-2',
  foreground: 'ink-2',
  'icon.foreground': 'ink-2',
  'input.background': 'bg-1',
  'input.border': 'line-3',
  'input.foreground': 'ink-1',
  'input.placeholderForeground': 'ink-3',
  focusBorder: 'accent',
  'scrollbar.shadow': 'none',
  'scrollbarSlider.background': 'line-2 99',
  'scrollbarSlider.hoverBackground': 'line-3 99',
  'scrollbarSlider.activeBackground': 'line-3',
  'editorOverviewRuler.border': 'none',
  'widget.shadow': '#00000033',
};

function editorColours(token: (name: string) => string): Record<string, string> {
  const colour = (value: string): string => {
    if (value.startsWith('#')) return value;
    const [name = '', share = ''] = value.split(' ');
    return name === 'none' ? transparent : token(name) + share;
  };
  return {
    ...Object.fromEntries(Object.entries(colours).map(([name, value]) => [name, colour(value)])),
    ...Object.fromEntries(symbolKinds.map((kind) => [`symbolIcon.${kind}Foreground`, token('ink-2')])),
  };
}
