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

function editorColours(token: (name: string) => string): Record<string, string> {
  const selection = token('accent') + '40';
  return {
    'editor.background': token('bg-1'),
    'editor.foreground': token('ink-1'),
    'editorGutter.background': token('bg-1'),
    'editorLineNumber.foreground': token('ink-3'),
    'editorLineNumber.activeForeground': token('ink-1'),
    // Of a last line that is empty. Monaco would fade it.
    'editorLineNumber.dimmedForeground': token('ink-3'),
    'editorCursor.foreground': token('accent'),
    'editor.selectionBackground': selection,
    'editor.inactiveSelectionBackground': token('bg-3'),
    'editor.selectionHighlightBackground': token('bg-3'),
    'editor.wordHighlightBackground': token('bg-3'),
    'editor.wordHighlightStrongBackground': token('bg-3'),
    'editor.findMatchBackground': selection,
    'editor.findMatchHighlightBackground': token('bg-3'),
    'editor.lineHighlightBackground': transparent,
    'editor.lineHighlightBorder': transparent,
    'editorIndentGuide.background1': token('line'),
    'editorIndentGuide.activeBackground1': token('line-2'),
    'editorBracketMatch.background': token('bg-3'),
    'editorBracketMatch.border': token('line-3'),
    'editorError.foreground': token('failed'),
    'editorWarning.foreground': token('ink-2'),
    'editorInfo.foreground': token('ink-3'),
    'editorWidget.background': token('bg-2'),
    'editorWidget.foreground': token('ink-1'),
    'editorWidget.border': token('line-2'),
    'editorHoverWidget.background': token('bg-3'),
    'editorHoverWidget.border': token('line-2'),
    'editorSuggestWidget.background': token('bg-2'),
    'editorSuggestWidget.border': token('line-2'),
    'editorSuggestWidget.foreground': token('ink-2'),
    'editorSuggestWidget.selectedBackground': token('bg-sel'),
    'editorSuggestWidget.selectedForeground': token('ink-1'),
    'editorSuggestWidget.highlightForeground': token('accent'),
    'editorSuggestWidget.focusHighlightForeground': token('accent'),
    ...Object.fromEntries(symbolKinds.map((kind) => [`symbolIcon.${kind}Foreground`, token('ink-2')])),
    'list.hoverBackground': token('bg-3'),
    'list.activeSelectionBackground': token('bg-sel'),
    'list.activeSelectionForeground': token('ink-1'),
    'list.inactiveSelectionBackground': token('bg-sel'),
    'list.focusBackground': token('bg-sel'),
    'list.focusForeground': token('ink-1'),
    'list.highlightForeground': token('accent'),
    'list.focusHighlightForeground': token('accent'),
    'menu.background': token('bg-2'),
    'menu.foreground': token('ink-1'),
    'menu.border': token('line-2'),
    'menu.selectionBackground': token('bg-3'),
    'menu.selectionForeground': token('ink-1'),
    'menu.separatorBackground': token('line'),
    'quickInput.background': token('bg-2'),
    'quickInput.foreground': token('ink-1'),
    'quickInputList.focusBackground': token('bg-sel'),
    'quickInputList.focusForeground': token('ink-1'),
    'pickerGroup.foreground': token('ink-3'),
    'pickerGroup.border': token('line'),
    'keybindingLabel.background': token('bg-3'),
    'keybindingLabel.foreground': token('ink-1'),
    'keybindingLabel.border': token('line-2'),
    'keybindingLabel.bottomBorder': token('line-2'),
    'peekView.border': token('line-2'),
    'peekViewTitle.background': token('bg-2'),
    'peekViewTitleLabel.foreground': token('ink-1'),
    'peekViewTitleDescription.foreground': token('ink-3'),
    'peekViewEditor.background': token('bg-1'),
    'peekViewEditorGutter.background': token('bg-1'),
    'peekViewEditor.matchHighlightBackground': token('bg-3'),
    'peekViewResult.background': token('bg-2'),
    'peekViewResult.fileForeground': token('ink-1'),
    'peekViewResult.lineForeground': token('ink-2'),
    'peekViewResult.matchHighlightBackground': token('bg-3'),
    'peekViewResult.selectionBackground': token('bg-sel'),
    'peekViewResult.selectionForeground': token('ink-1'),
    'textLink.foreground': token('accent'),
    'textLink.activeForeground': token('accent'),
    'textCodeBlock.background': token('bg-2'),
    'editorLink.activeForeground': token('accent'),
    'button.background': token('accent'),
    'button.foreground': token('accent-ink'),
    'inputOption.activeBackground': token('bg-3'),
    'inputOption.activeBorder': token('accent'),
    'inputOption.activeForeground': token('ink-1'),
    'inputValidation.errorBackground': token('bg-2'),
    'inputValidation.errorBorder': token('failed'),
    descriptionForeground: token('ink-2'),
    foreground: token('ink-2'),
    'icon.foreground': token('ink-2'),
    'input.background': token('bg-1'),
    'input.border': token('line-3'),
    'input.foreground': token('ink-1'),
    'input.placeholderForeground': token('ink-3'),
    focusBorder: token('accent'),
    'scrollbar.shadow': transparent,
    'scrollbarSlider.background': token('line-2') + '99',
    'scrollbarSlider.hoverBackground': token('line-3') + '99',
    'scrollbarSlider.activeBackground': token('line-3'),
    'editorOverviewRuler.border': transparent,
    'widget.shadow': '#00000033',
  };
}
