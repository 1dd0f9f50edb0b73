import { moduleDocs, type ModuleDocs } from './module-docs';
import nodeTypes from './types/node.d.ts.txt?raw';

const found = import.meta.glob<string>('../../clients/*/*.d.ts', { query: '?raw', import: 'default', eager: true });

/** The types that `import` finds, by module: each client keeps its own beside it, in one file or several. */
export const clientTypes: Readonly<Record<string, string>> = Object.entries(found).reduce<Record<string, string>>(
  (types, [path, text]) => {
    const module = /([^/]+)\/[^/]+$/.exec(path)?.[1] ?? path;
    return { ...types, [module]: `${types[module] ?? ''}${text}` };
  },
  {},
);

export { nodeTypes };

let read: readonly ModuleDocs[] | undefined;

/** Everything that code of the scenario can import: our own and the brokers' clients first, then what Node has. */
export function importableModules(): readonly ModuleDocs[] {
  read ??= [...Object.values(clientTypes).flatMap(moduleDocs), ...moduleDocs(nodeTypes)].filter(
    ({ module, exports }) => exports.length > 0 && !module.includes('*'),
  );
  return read;
}
