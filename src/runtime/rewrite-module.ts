import type MagicString from 'magic-string';
import type {
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Identifier,
  ImportDeclaration,
  Literal,
  Node,
  Pattern,
  Program,
} from 'estree';
import { walk } from 'estree-walker';
import type { ImportRequest } from './compile';
import type { Placed, Source } from './instrument';
import { scopesOf } from './rewrite-free-names';

/** What an ES module asks of others, and the code at its beginning that publishes its exports. */
export interface ModulePlan {
  readonly imports: readonly ImportRequest[];
  readonly prologue: string;
}

interface Binding {
  /** Index into `imports`. */
  readonly from: number;
  /** `default`, `*` or a name. */
  readonly name: string;
}

/**
 * Imports become reads of the other module's live bindings (`__m.i[0].name`), exports become getters over the module's own
 * variables, so that both stay live, hoisting works, and cycles behave as in the language.
 */
export function rewriteModule(source: Source, text: MagicString): ModulePlan {
  const program = source.program as unknown as Program;
  const requests: { specifier: string; line: number; names: string[] }[] = [];
  const requestFor = (literal: Literal, node: Placed): number => {
    const specifier = String(literal.value);
    const known = requests.findIndex((request) => request.specifier === specifier);
    if (known >= 0) return known;
    return requests.push({ specifier, line: node.loc.start.line, names: [] }) - 1;
  };
  const bindings = new Map<string, Binding>();
  const exported = new Map<string, string>();
  const stars: number[] = [];
  for (const statement of program.body) {
    const placed = statement as Placed;
    if (statement.type === 'ImportDeclaration') {
      takeImport(statement, requestFor(statement.source, placed), bindings, requests);
      erase(text, source.code, placed.start, placed.end);
    } else if (statement.type === 'ExportAllDeclaration') {
      const from = requestFor(statement.source, placed);
      if (statement.exported) exported.set(nameOf(statement.exported), `__m.i[${String(from)}]`);
      else stars.push(from);
      erase(text, source.code, placed.start, placed.end);
    } else if (statement.type === 'ExportNamedDeclaration') {
      const from = statement.source ? requestFor(statement.source, placed) : undefined;
      takeExport(statement, from, exported, requests, text, source.code);
    } else if (statement.type === 'ExportDefaultDeclaration') {
      exported.set('default', takeDefault(statement, text, source.code));
    }
  }
  rewriteReferences(source, text, bindings);
  const getters = [...exported]
    .map(([name, value]) => `${JSON.stringify(name)}:()=>${readOf(value, bindings)}`)
    .join(',');
  return { imports: requests, prologue: `__m.x({${getters}},[${stars.join(',')}]);` };
}

function takeImport(
  node: ImportDeclaration,
  from: number,
  bindings: Map<string, Binding>,
  requests: { names: string[] }[],
): void {
  for (const specifier of node.specifiers) {
    const name =
      specifier.type === 'ImportDefaultSpecifier'
        ? 'default'
        : specifier.type === 'ImportNamespaceSpecifier'
          ? '*'
          : nameOf(specifier.imported);
    bindings.set(specifier.local.name, { from, name });
    requests[from]?.names.push(name);
  }
}

function takeExport(
  node: ExportNamedDeclaration,
  from: number | undefined,
  exported: Map<string, string>,
  requests: { names: string[] }[],
  text: MagicString,
  code: string,
): void {
  const placed = node as unknown as Placed;
  if (node.declaration) {
    for (const name of declaredNames(node.declaration)) exported.set(name, name);
    erase(text, code, placed.start, (node.declaration as unknown as Placed).start);
    return;
  }
  for (const specifier of node.specifiers) {
    const local = nameOf(specifier.local);
    exported.set(nameOf(specifier.exported), from === undefined ? local : readOfBinding({ from, name: local }));
    if (from !== undefined) requests[from]?.names.push(local);
  }
  erase(text, code, placed.start, placed.end);
}

/** Returns the expression that reads the default export. */
function takeDefault(node: ExportDefaultDeclaration, text: MagicString, code: string): string {
  const placed = node as unknown as Placed;
  const value = node.declaration as unknown as Placed;
  const declared = declaredNames(value)[0];
  if (declared !== undefined) {
    erase(text, code, placed.start, value.start);
    return declared;
  }
  // An anonymous function or class gets the name "default", as the language says.
  const start = code.slice(placed.start, value.start).length;
  text.overwrite(
    placed.start,
    placed.start + start,
    `const __default=({default:${newlines(code, placed.start, value.start)}`,
  );
  // On the right of that place: what guards the value's end goes before it.
  text.appendRight(value.end, '}).default;');
  return '__default';
}

function declaredNames(node: Node): string[] {
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap(({ id }) => patternNames(id));
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') {
    // The default export of a module may be anonymous, whatever the type says.
    const id = node.id as Identifier | null;
    return id ? [id.name] : [];
  }
  return [];
}

function patternNames(pattern: Pattern): string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
  if (pattern.type === 'ObjectPattern') {
    return pattern.properties.flatMap((property) =>
      patternNames(property.type === 'RestElement' ? property.argument : property.value),
    );
  }
  if (pattern.type === 'AssignmentPattern') return patternNames(pattern.left);
  return pattern.type === 'RestElement' ? patternNames(pattern.argument) : [];
}

function rewriteReferences(source: Source, text: MagicString, bindings: Map<string, Binding>): void {
  if (bindings.size === 0) return;
  const imported = new Map<Node, Binding>();
  const scope = scopesOf(source).scopes.find(({ type }) => type === 'module');
  for (const variable of scope?.variables ?? []) {
    const binding = bindings.get(variable.name);
    if (!binding || !variable.defs.some(({ type }) => type === 'ImportBinding')) continue;
    for (const { identifier } of variable.references) imported.set(identifier as Node, binding);
  }
  walk(source.program as unknown as Program, {
    enter(node: Node, parent) {
      const binding = imported.get(node);
      if (!binding || node.type !== 'Identifier' || parent?.type === 'ExportSpecifier') return;
      const { start, end } = node as Placed;
      const read = readOfBinding(binding);
      if (parent?.type === 'Property' && parent.shorthand) text.appendLeft(end, `:${read}`);
      // A call through the module object must not hand it over as `this`.
      else if (parent?.type === 'CallExpression' && parent.callee === node) text.overwrite(start, end, `(0,${read})`);
      else text.overwrite(start, end, read);
    },
  });
}

function readOf(name: string, bindings: Map<string, Binding>): string {
  const binding = bindings.get(name);
  return binding ? readOfBinding(binding) : name;
}

function readOfBinding({ from, name }: Binding): string {
  return name === '*' ? `__m.i[${String(from)}]` : `__m.i[${String(from)}][${JSON.stringify(name)}]`;
}

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

/** Removes code and keeps its line breaks. */
function erase(text: MagicString, code: string, start: number, end: number): void {
  if (start < end) text.overwrite(start, end, `${newlines(code, start, end)};`.replace(/^;$/, ' '));
}

function newlines(code: string, start: number, end: number): string {
  return '\n'.repeat(code.slice(start, end).split('\n').length - 1);
}
