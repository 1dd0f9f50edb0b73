/**
 * What a module's type declarations say of it: every export with its signature, its first sentence and its example. Read
 * from the declarations that completion uses, so that there is one text of each.
 */
export interface ModuleDocs {
  readonly module: string;
  readonly about: string;
  readonly exports: readonly ExportDocs[];
}

export interface ExportDocs {
  readonly name: string;
  readonly kind: 'function' | 'type' | 'value';
  /** As declared; of an interface all its members with what is said of them. */
  readonly signature: string;
  /** The first sentence. */
  readonly summary: string;
  /** All that is said, its tags aside. */
  readonly text: string;
  readonly example: string | undefined;
}

/** The modules that a text of declarations declares. One that is declared in several places is one. */
export function moduleDocs(declarations: string): readonly ModuleDocs[] {
  const pattern = /(?:(\/\*\*(?:[^*]|\*(?!\/))*\*\/)\s*)?declare module '([^']+)' \{/g;
  const byName = new Map<string, ModuleDocs>();
  for (const match of declarations.matchAll(pattern)) {
    const from = match.index + match[0].length;
    const body = declarations.slice(from, endOfBlock(declarations, from));
    const [module, about] = [match[2]!, commentOf(match[1]).text];
    const known = byName.get(module);
    byName.set(module, {
      module,
      about: known === undefined || known.about === '' ? about : known.about,
      exports: [...(known?.exports ?? []), ...exportsOf(body)],
    });
  }
  return [...byName.values()];
}

/** Where the block that is open at `from` closes. Comments and texts in quotes may hold braces. */
function endOfBlock(source: string, from: number): number {
  let depth = 1;
  const piece = /\/\*[^]*?\*\/|\/\/.*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[{}]/g;
  piece.lastIndex = from;
  for (let match = piece.exec(source); match !== null; match = piece.exec(source)) {
    if (match[0] === '{') depth += 1;
    if (match[0] === '}') depth -= 1;
    if (depth === 0) return match.index;
  }
  return source.length;
}

/** Declarations begin at the block's own indentation. */
function exportsOf(body: string): readonly ExportDocs[] {
  const lines = body.split('\n');
  const indent = /^( *)\S/m.exec(body)?.[1] ?? '';
  const starts = lines.flatMap((line, at) => (/^export /.test(cutIndent(line, indent)) ? [at] : []));
  const found = starts.map((start) => {
    const comment = commentBefore(lines, start);
    const end = endOfDeclaration(lines, start, indent);
    const source = lines
      .slice(start, end)
      .map((line) => cutIndent(line, indent))
      .join('\n');
    return declarationDocs(source.replace(/^export /, ''), comment);
  });
  // Overloads are one export: what the first one says goes for all.
  const byName = new Map<string, ExportDocs>();
  for (const docs of found) {
    const first = byName.get(docs.name);
    byName.set(
      docs.name,
      first === undefined ? docs : { ...first, signature: `${first.signature}\n${docs.signature}` },
    );
  }
  byName.delete('');
  return [...byName.values()];
}

function endOfDeclaration(lines: readonly string[], start: number, indent: string): number {
  const isLast = (line: string): boolean => line.startsWith(indent) && /^(?:\S.*)?[;}]$/.test(cutIndent(line, indent));
  const end = lines.findIndex((line, at) => at >= start && isLast(line.trimEnd()));
  return end === -1 ? lines.length : end + 1;
}

function declarationDocs(source: string, comment: string): ExportDocs {
  const [, word = '', name = ''] =
    /^(?:declare )?(function|interface|type|class|const|let|var) ([\w$]+)/.exec(source) ?? [];
  const kind = word === 'function' ? 'function' : word === 'interface' || word === 'type' ? 'type' : 'value';
  const { text, example } = commentOf(comment);
  return { name, kind, signature: source, summary: firstSentence(text), text, example };
}

function commentBefore(lines: readonly string[], at: number): string {
  if (lines[at - 1]?.trimEnd().endsWith('*/') !== true) return '';
  const start = lines.slice(0, at).findLastIndex((line) => line.trimStart().startsWith('/**'));
  return start === -1 ? '' : lines.slice(start, at).join('\n');
}

function commentOf(comment = ''): { readonly text: string; readonly example: string | undefined } {
  const plain = comment
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n');
  const [text = '', ...tags] = plain.split(/^\s*(?=@\w)/m);
  const example = tags.find((tag) => tag.startsWith('@example'));
  const code = example
    ?.replace(/^@example\s*/, '')
    .replace(/^```\w*\n|\n?```\s*$/g, '')
    .trim();
  return { text: text.replace(/\s+/g, ' ').trim(), example: code };
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+[A-Z`]|$)/.exec(text)?.[0] ?? text;
}

function cutIndent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line;
}
