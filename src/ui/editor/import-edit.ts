/**
 * The source with `names` imported from `module`, those that are not yet: into an import of the module that is there, or as
 * a new line behind the imports, or as `require` in a file that uses that.
 */
export function withImport(source: string, module: string, names: readonly string[]): string {
  const { at, text } = importEdit(source, module, names);
  return source.slice(0, at) + text + source.slice(at);
}

export interface TextEdit {
  readonly at: number;
  readonly text: string;
}

/** What to write where. The text is empty when nothing is missing. */
export function importEdit(source: string, module: string, names: readonly string[]): TextEdit {
  const quoted = module.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const named = new RegExp(
    `(?:import\\s*(?:[\\w$]+\\s*,\\s*)?\\{([^}]*)\\}\\s*from|(?:const|let|var)\\s*\\{([^}]*)\\}\\s*=\\s*require\\()\\s*['"]${quoted}['"]`,
    'g',
  );
  const found = [...source.matchAll(named)];
  const present = found.flatMap((match) => (match[1] ?? match[2] ?? '').split(',').map(importedName));
  const missing = names.filter((name) => !present.includes(name)).join(', ');
  if (missing === '') return { at: 0, text: '' };
  const [first] = found;
  if (first !== undefined) {
    const inside = (first[1] ?? first[2] ?? '').trimEnd().replace(/,$/, '');
    const at = first.index + first[0].indexOf('{') + 1 + inside.length;
    return { at, text: inside.trim() === '' ? ` ${missing} ` : `, ${missing}` };
  }
  const isCommon = /\brequire\(/.test(source) && !/^\s*(?:import|export)\b/m.test(source);
  const line = isCommon
    ? `const { ${missing} } = require('${module}');\n`
    : `import { ${missing} } from '${module}';\n`;
  return { at: afterImports(source), text: line };
}

/** `every` in `every`, `every as each`, `every: each`. */
function importedName(item: string): string {
  return item.trim().split(/\s+as\s+|\s*:\s*/)[0] ?? '';
}

/** Behind the last import or `require` at the top; else behind the comment that opens the file. */
function afterImports(source: string): number {
  const last = [
    ...source.matchAll(/^(?:import\b[^;]*?['"][^'"\n]*['"]|(?:const|let|var)\b[^;\n]*\brequire\([^)\n]*\)).*\n?/gm),
  ].at(-1);
  if (last !== undefined) return last.index + last[0].length;
  return /^(?:#!.*\n)?(?:(?:\/\/.*|\/\*[^]*?\*\/)?\s*\n)*/.exec(source)?.[0].length ?? 0;
}
