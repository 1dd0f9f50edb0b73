import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/**
 * The rules of ARCHITECTURE.md that a machine can hold: which folder may know which, where real time and real chance
 * may enter, and how large a file may grow. Each rule answers with the places that break it.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

/** A folder imports only from itself and from those before it. */
const folderOrder = [
  'kernel',
  'log',
  'brokers',
  'clients',
  'runtime',
  'projections',
  'scenario',
  'headless',
  'sandbox',
  'storage',
  'player',
  'ui',
];

/** Folders in which time, chance and identity are arguments. */
const pureFolders = ['kernel', 'log', 'brokers', 'clients', 'runtime', 'projections', 'scenario'];

/** Vocabulary that everything may name as types, since the document and the log are what all parts talk about. */
const typesForAll = ['src/log/entry', 'src/scenario/scenario'];

/** Which folders may know a package or a platform. */
const packageHomes = [
  {
    what: /^(?:svelte|@xyflow\/svelte|bits-ui|paneforge|@lucide\/svelte|monaco-editor|uplot)(?:\/|$)/,
    folders: ['ui'],
  },
  { what: /^dexie$/, folders: ['storage'] },
  { what: /^(?:node:|vite$|rolldown$|playwright)/, folders: ['headless'], files: ['src/sandbox/vite-plugin.ts'] },
];

const linesMax = 400;
// A ratchet: what is longer today may only become shorter.
const longToday: Readonly<Record<string, number>> = {};
/** Tables and texts, which are long and simple; the union of all entries is such a table. */
const mayBeLong = [/^src\/log\/entry\.ts$/, /^src\/scenario\/gallery/, /^src\/ui\/text\//, /^src\/ui\/editor\/types\//];

/** Paths below a folder of the project, with `/` on every system. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** The script of a file; of a component, its script blocks with everything else blanked, so that lines stay. */
function scriptOf(file: string, text: string): string {
  if (!file.endsWith('.svelte')) return text;
  const blank = (markup: string) => markup.replace(/[^\n]/g, ' ');
  let script = '';
  let end = 0;
  for (const block of text.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = block.index + block[1]!.length;
    script += blank(text.slice(end, start)) + block[2]!;
    end = start + block[2]!.length;
  }
  return script;
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, scriptOf(file, text), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
}

/** Shown to the editor, or run by learners: text to us. */
const notOurs = [/^src\/ui\/editor\/types\//, /^src\/scenario\/gallery\/[^/]+\//];

const sources = filesUnder('src')
  .filter((file) => /\.(?:ts|svelte)$/.test(file) && !notOurs.some((outside) => outside.test(file)))
  .map((file) => ({ file, folder: file.split('/')[1]!, tree: parse(file, read(file)) }));

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

const place = (tree: ts.SourceFile, node: ts.Node) =>
  `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;

interface Import {
  readonly where: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return !clause.name && !!names && ts.isNamedImports(names) && names.elements.every((name) => name.isTypeOnly);
}

function importsOf(tree: ts.SourceFile): Import[] {
  const found: Import[] = [];
  visit(tree, (node) => {
    const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
      if (!specifier || !ts.isStringLiteralLike(specifier)) return;
      found.push({ where: place(tree, node), specifier: specifier.text.replace(/\?.*$/, ''), typeOnly });
    };
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
  });
  return found;
}

/** Why this import is not allowed, or undefined. */
function importProblem(file: string, { specifier, typeOnly }: Import): string | undefined {
  const folder = file.split('/')[1]!;
  if (!specifier.startsWith('.')) return packageProblem(file, folder, specifier);
  const target = posix.join(dirname(file), specifier);
  if (!target.startsWith('src/')) return `reaches out of src to ${target}`;
  const other = target.split('/')[1]!;
  if (other === folder) return undefined;
  if (folder !== 'kernel' && typeOnly && typesForAll.includes(target)) return undefined;
  if (other === 'headless') return 'imports the Node runner';
  if (folderOrder.indexOf(other) < folderOrder.indexOf(folder)) return undefined;
  return `${folder} imports ${target}`;
}

function packageProblem(file: string, folder: string, specifier: string): string | undefined {
  if (folder === 'kernel') return `kernel imports ${specifier}`;
  const home = packageHomes.find(({ what }) => what.test(specifier));
  if (!home || home.folders.includes(folder) || home.files?.includes(file)) return undefined;
  return `${folder} imports ${specifier}, which belongs to ${home.folders.join(', ')}`;
}

/** Members of globals, and globals, that bring real time, real chance or real identity. */
const impureMembers: Readonly<Record<string, readonly string[]>> = {
  Date: ['now'],
  Math: ['random'],
  performance: ['now', 'timeOrigin'],
  crypto: ['randomUUID', 'getRandomValues'],
};
const impureGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame'];
const globalObjects = ['globalThis', 'self', 'window', 'global'];

/** Names that a file binds itself: our virtual `setTimeout` is not the real one. */
function boundNames(tree: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    const binds =
      ts.isVariableDeclaration(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isClassDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isImportSpecifier(node);
    if (binds && node.name && ts.isIdentifier(node.name) && !isAmbient(node)) names.add(node.name.text);
  });
  return names;
}

function isAmbient(node: ts.Node): boolean {
  const onlyDeclares = (at: ts.Node) =>
    ts.isFunctionTypeNode(at) ||
    ts.isMethodSignature(at) ||
    ts.isCallSignatureDeclaration(at) ||
    (ts.canHaveModifiers(at) && at.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) === true);
  return ts.findAncestor(node, onlyDeclares) !== undefined;
}

/** Whether an identifier stands for a value, and is no key, member name, declaration or type. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent) || ts.isParameter(parent) || ts.isVariableDeclaration(parent))
    return parent.initializer === node;
  if (ts.isTypeQueryNode(parent) || ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent)) return false;
  return !('name' in parent && parent.name === node);
}

function impureUses(tree: ts.SourceFile): string[] {
  const bound = boundNames(tree);
  const isGlobal = (node: ts.Node, names: readonly string[]): node is ts.Identifier =>
    ts.isIdentifier(node) && names.includes(node.text) && !bound.has(node.text) && isReference(node);
  const found: string[] = [];
  visit(tree, (node) => {
    const use = impureUse(node, isGlobal);
    if (use) found.push(`${place(tree, node)} ${use}`);
  });
  return found;
}

function impureUse(
  node: ts.Node,
  isGlobal: (node: ts.Node, names: readonly string[]) => node is ts.Identifier,
): string | undefined {
  if (isGlobal(node, impureGlobals)) return node.text;
  if (ts.isPropertyAccessExpression(node)) {
    const member = node.name.text;
    if (isGlobal(node.expression, globalObjects) && impureGlobals.includes(member)) return member;
    const owner = ts.isPropertyAccessExpression(node.expression)
      ? node.expression.name.text
      : node.expression.getText();
    const direct = isGlobal(node.expression, Object.keys(impureMembers));
    const through =
      ts.isPropertyAccessExpression(node.expression) && isGlobal(node.expression.expression, globalObjects);
    if ((direct || through) && impureMembers[owner]?.includes(member)) return `${owner}.${member}`;
  }
  const dateCall = ts.isCallExpression(node) || (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0);
  if (dateCall && isGlobal(node.expression, ['Date'])) return `${ts.isNewExpression(node) ? 'new ' : ''}Date()`;
  return undefined;
}

function defaultExports(tree: ts.SourceFile): string[] {
  const isDefault = (statement: ts.Statement) =>
    ts.isExportAssignment(statement) ||
    (ts.canHaveModifiers(statement) &&
      statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) ||
    (ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause) &&
      statement.exportClause.elements.some(({ name }) => name.text === 'default'));
  return tree.statements.filter(isDefault).map((statement) => place(tree, statement));
}

describe('the folders of src', () => {
  test('are those of the architecture, and hold every file', () => {
    expect(filesUnder('src').filter((file) => !folderOrder.includes(file.split('/')[1]!))).toEqual([]);
  });

  test('import only from those before them', () => {
    // What a client's own declarations import, user code finds: it is no part of this program.
    const own = sources.filter(({ file }) => !/^src\/clients\/.*\.d\.ts$/.test(file));
    const problems = own.flatMap(({ file, tree }) =>
      importsOf(tree).flatMap((one) => {
        const problem = importProblem(file, one);
        return problem === undefined ? [] : [`${one.where} ${problem}`];
      }),
    );
    expect(problems).toEqual([]);
  });

  test.each([
    ['src/kernel/agenda.ts', `import { x } from '../log/entry'`, true],
    ['src/kernel/agenda.ts', `import { x } from 'acorn'`, true],
    ['src/brokers/bus.ts', `import { x } from '../clients/bus'`, true],
    ['src/brokers/bus.ts', `export * from '../../src/ui/main'`, true],
    ['src/brokers/bus.ts', `const x = await import('../runtime/run')`, true],
    ['src/brokers/bus.ts', `import type { Scenario } from '../scenario/scenario'`, false],
    ['src/brokers/bus.ts', `import { Scenario } from '../scenario/scenario'`, true],
    ['src/player/player.ts', `import { readFileSync } from 'node:fs'`, true],
    ['src/ui/main.ts', `import { Player } from '../player/player'`, false],
  ])('hold in %s: %s', (file, text, forbidden) => {
    const [found] = importsOf(parse(file, text));
    expect(importProblem(file, found!) !== undefined).toBe(forbidden);
  });
});

describe('below the player', () => {
  test('nothing reads the real clock, waits in real time or draws real chance', () => {
    const pure = sources.filter(({ folder }) => pureFolders.includes(folder));
    expect(pure.flatMap(({ tree }) => impureUses(tree))).toEqual([]);
  });

  test.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'globalThis.Math.random()',
    'const draw = Math.random;',
    'performance.now()',
    'setTimeout(f, 1)',
    'globalThis.setInterval(f, 1)',
    'const timers = { setTimeout };',
    'crypto.randomUUID()',
    'declare const setTimeout: unknown; setTimeout;',
  ])('the ban sees %s', (text) => {
    expect(impureUses(parse('src/kernel/example.ts', text))).toHaveLength(1);
  });

  test.each([
    'new Date(5)',
    'Date.UTC(2026, 0)',
    '// Date.now()',
    `const name = 'setTimeout';`,
    'const globals = { setTimeout: (f: () => void) => agenda.push(f), now() { return 0; } };',
    'function setTimeout() {} const globals = { setTimeout };',
    'timers.setTimeout(f, 1)',
    'interface Globals { setTimeout(f: () => void): number }',
  ])('the ban lets pass %s', (text) => {
    expect(impureUses(parse('src/kernel/example.ts', text))).toEqual([]);
  });
});

describe('a source file', () => {
  test('exports by name, unless it is a component', () => {
    const plain = sources.filter(({ file }) => !file.endsWith('.svelte') && !file.endsWith('.d.ts'));
    expect(plain.flatMap(({ tree }) => defaultExports(tree))).toEqual([]);
  });

  test(`has at most ${linesMax} lines, tables and texts aside`, () => {
    const long = filesUnder('src')
      .filter((file) => !mayBeLong.some((exempt) => exempt.test(file)))
      .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > (longToday[file] ?? linesMax));
    expect(long).toEqual([]);
  });

  test('is named in kebab case, and a component in Pascal case', () => {
    const good = /(?:^|\/)(?:[a-z0-9]+(?:[-.][a-z0-9]+)*|[A-Z][A-Za-z0-9]*\.svelte)$/;
    expect(sources.map(({ file }) => file).filter((file) => !good.test(file))).toEqual([]);
  });
});

test('no file points to a package registry other than the public one', () => {
  const rootFiles = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile());
  const files = [...rootFiles.map(({ name }) => name), ...filesUnder('src'), ...filesUnder('scripts')].filter((file) =>
    /\.(?:[cm]?[jt]s|json|svelte|html|md|npmrc)$|^\.npmrc$/.test(file),
  );
  const registry =
    /https?:\/\/(?!registry\.npmjs\.org\/)[^\s/"'`]*(?:registry|verdaccio|artifactory|nexus|jfrog|\bnpm\.)/;
  expect(files.filter((file) => registry.test(read(file)))).toEqual([]);
});
