import type { ExportDocs, ModuleDocs } from './module-docs';

export interface FoundExport {
  readonly module: string;
  readonly docs: ExportDocs;
}

const kinds: readonly ExportDocs['kind'][] = ['function', 'value', 'type'];

/** What matches: by name first, then by what is said of it. In a module what one calls comes before types. */
export function foundExports(modules: readonly ModuleDocs[], query: string): readonly FoundExport[] {
  const words = query.trim().toLowerCase();
  return modules.flatMap(({ module, exports }) => {
    const has = (text: string): boolean => text.toLowerCase().includes(words);
    const found = has(module) ? exports : exports.filter(({ name, text }) => has(name) || has(text));
    const rank = (docs: ExportDocs): number => (has(docs.name) ? 0 : kinds.length) + kinds.indexOf(docs.kind);
    return [...found].sort((one, other) => rank(one) - rank(other)).map((docs) => ({ module, docs }));
  });
}

/** The names of a module that an example needs: its own, and what else it calls. */
export function usedNames(exports: readonly ExportDocs[], docs: ExportDocs, example: string): readonly string[] {
  const calls = exports.filter(
    ({ name, kind }) => kind !== 'type' && new RegExp(`(?<![.\\w])${name}\\b`).test(example),
  );
  return [...new Set([docs.name, ...calls.map(({ name }) => name)])];
}
