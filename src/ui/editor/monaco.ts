import { editor, languages, KeyCode, KeyMod, MarkerSeverity, MarkerTag, Range, Uri } from 'monaco-editor/editor';
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import {
  getTypeScriptWorker,
  ModuleKind,
  ScriptTarget,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypeScriptWorker from './typescript-worker?worker';
import { clientTypes, nodeTypes } from './importable';
import { themeFromTokens } from './theme';

/**
 * Monaco, set up once: workers, the TypeScript that learners write, and the two themes. Only `code-editor.ts` and its
 * parts import this, and that only in the lazy chunk.
 *
 * Invariants
 * 1. TypeScript and JavaScript files are one language here, so that one worker sees them all and imports between them
 *    resolve; the compiler tells them apart by the end of their names.
 * 2. `file:///` and the file's name is the address of its model.
 */
export { editor, getTypeScriptWorker, jsonDefaults, KeyCode, KeyMod, languages, MarkerSeverity, MarkerTag, Range, Uri };

// Members of TypeScript's own enums that Monaco's declarations leave out: `ModuleResolutionKind.Bundler`,
// `ModuleDetectionKind.Force`. Passed on as they are.
const beyondMonaco: Record<string, number> = { moduleResolution: 100, moduleDetection: 3 };

/** Messages that would be untrue here: nothing of what they say stops the playground. */
export const ignoredCodes: readonly number[] = [
  7016, // No declarations for a module: pure libraries run without them.
  80001, // "May be converted to an ES module": require() is as good here.
];

function registerTypes(): void {
  typescriptDefaults.addExtraLib(nodeTypes, 'file:///node_modules/@types/node/index.d.ts');
  for (const [module, types] of Object.entries(clientTypes))
    typescriptDefaults.addExtraLib(types, `file:///node_modules/${module}/index.d.ts`);
}

function setUpTypeScript(): void {
  typescriptDefaults.setCompilerOptions({
    ...beyondMonaco,
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: [],
    strict: true,
    // Code pasted from JavaScript is welcome; what a listener is given is typed by its library.
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
    allowJs: true,
    checkJs: false,
    allowNonTsExtensions: true,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    allowSyntheticDefaultImports: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    noEmit: true,
  });
  // `TypeCheck` finds what is wrong.
  typescriptDefaults.setModeConfiguration({ ...typescriptDefaults.modeConfiguration, diagnostics: false });
  typescriptDefaults.setEagerModelSync(true);
  jsonDefaults.setDiagnosticsOptions({ validate: true, schemaValidation: 'ignore', schemas: [] });
  registerTypes();
}

function newWorker(_module: string, label: string): Worker {
  if (label === 'typescript' || label === 'javascript') return new TypeScriptWorker();
  if (label === 'json') return new JsonWorker();
  return new EditorWorker();
}

/** Both themes have one name: the tokens say which one is on, so a switch is the theme defined anew. */
const themeName = 'eventarium';

function applyTheme(): void {
  editor.defineTheme(themeName, themeFromTokens(getComputedStyle(document.documentElement)));
  editor.setTheme(themeName);
}

let isSetUp = false;

/** Call before the first model is made. Calling it again does nothing. */
export function setUpMonaco(): void {
  if (isSetUp) return;
  isSetUp = true;
  self.MonacoEnvironment = { getWorker: newWorker };
  setUpTypeScript();
  // Its palette lists hundreds of commands, most of them of no use here and none in the reader's language.
  editor.addKeybindingRule({ keybinding: KeyCode.F1, command: '-editor.action.quickCommand' });
  // On Linux Monaco has others for these two, and the menus name the same everywhere.
  editor.addKeybindingRules([
    { keybinding: KeyMod.Alt | KeyMod.Shift | KeyCode.KeyF, command: 'editor.action.formatDocument' },
    { keybinding: KeyMod.Alt | KeyCode.F12, command: 'editor.action.peekDefinition' },
  ]);
  applyTheme();
  new MutationObserver(applyTheme).observe(document.documentElement, { attributeFilter: ['class'] });
  // Monaco measures characters once; a font that arrives later has other widths.
  void document.fonts.ready.then(() => editor.remeasureFonts());
}

export function languageOf(file: string): string {
  if (/\.json$/.test(file)) return 'json';
  return /\.[cm]?[jt]sx?$/.test(file) ? 'typescript' : 'plaintext';
}
