import { pathOfSpecifier, resolveFile } from '../runtime/resolve';
import { withSpecifiers } from './module-specifiers';
import type { Scenario } from './scenario';

/**
 * The scenario with a file under another name: the processes that run it follow, and every import that meant a file
 * before means the same file after, in the edits made during the run too. An import keeps its manner (with an ending,
 * without one, `.js` for TypeScript) as long as that still finds the file.
 */
export function renamedFile(scenario: Scenario, file: string, name: string): Scenario {
  if (file === name || !Object.hasOwn(scenario.files, file)) return scenario;
  const moved = (path: string): string => (path === file ? name : path);
  const names = Object.keys(scenario.files);
  const [before, after] = [new Set(names), new Set(names.map(moved))];
  const follow = (source: string, from: string): string =>
    isCode(from) ? withSpecifiers(source, (specifier) => followed(specifier, from)) : source;

  function followed(specifier: string, from: string): string {
    const target = resolveFile(specifier, from, (candidate) => before.has(candidate));
    if (target === undefined) return specifier;
    const means = (text: string): boolean =>
      resolveFile(text, moved(from), (candidate) => after.has(candidate)) === moved(target);
    if (means(specifier)) return specifier;
    const path = pathOfSpecifier(specifier, from) ?? target;
    const spelled = inManner(path, target, moved(target)).map((each) => asSpecifier(each, moved(from), specifier));
    return spelled.find(means) ?? specifier;
  }

  return {
    ...scenario,
    files: Object.fromEntries(names.map((each) => [moved(each), follow(scenario.files[each]!, each)])),
    processes: scenario.processes.map((each) => ({ ...each, file: moved(each.file) })),
    interventions: scenario.interventions.map((each) =>
      each.type === 'file.edit' ? { ...each, file: moved(each.file), source: follow(each.source, each.file) } : each,
    ),
  };
}

export function isCode(file: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(file);
}

/** Ways to spell `target`, the one that is most like how `path` spelled the old one first. */
function inManner(path: string, old: string, target: string): readonly string[] {
  const withoutEnding = target.replace(/\.[^./]*$/, '');
  const withoutIndex = withoutEnding.replace(/\/index$/, '');
  const asScript = target.replace(/\.([mc]?)ts$/, '.$1js');
  if (path === old) return [target];
  if (!old.startsWith(path)) return [asScript, target];
  return old.slice(path.length).startsWith('/') ? [withoutIndex, withoutEnding, target] : [withoutEnding, target];
}

/** `path` as an import in `from` writes it: absolute where `like` is, else relative. */
function asSpecifier(path: string, from: string, like: string): string {
  if (like.startsWith('/')) return (like.startsWith('/app/') ? '/app/' : '/') + path;
  const [folders, target] = [from.split('/').slice(0, -1), path.split('/')];
  let shared = 0;
  while (shared < folders.length && shared < target.length - 1 && folders[shared] === target[shared]) shared += 1;
  const up = folders.length - shared;
  return (up === 0 ? './' : '../'.repeat(up)) + target.slice(shared).join('/');
}
