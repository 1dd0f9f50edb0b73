import { resolveFile } from '../runtime/resolve';
import { moduleSpecifiers } from './module-specifiers';

type Files = Readonly<Record<string, string>>;

const known = new WeakMap<Files, Map<string, ReadonlySet<string>>>();

/** A file and those of the scenario that it imports, directly or not. */
export function importedFiles(main: string, files: Files): ReadonlySet<string> {
  let byMain = known.get(files);
  if (byMain === undefined) known.set(files, (byMain = new Map<string, ReadonlySet<string>>()));
  let found = byMain.get(main);
  if (found === undefined) byMain.set(main, (found = read(main, files)));
  return found;
}

function read(main: string, files: Files): ReadonlySet<string> {
  const found = new Set([main]);
  for (const file of found)
    for (const { text } of moduleSpecifiers(files[file] ?? '')) {
      const imported = resolveFile(text, file, (name) => Object.hasOwn(files, name));
      if (imported !== undefined) found.add(imported);
    }
  return found;
}
