/**
 * Which of a scenario's files a specifier means: `./x.js` means `x.js` or `x.ts`, `./x` also finds `x.json` and
 * `x/index.js`. Nothing for the name of a package.
 */
export function resolveFile(
  specifier: string,
  from: string,
  exists: (candidate: string) => boolean,
): string | undefined {
  const path = pathOfSpecifier(specifier, from);
  if (path === undefined) return undefined;
  const bare = path.replace(/\.(m|c)?js$/, '');
  const candidates = [
    path,
    ...(bare === path ? [] : [`${bare}.ts`, `${bare}.mts`, `${bare}.cts`]),
    ...endings.map((ending) => path + ending),
  ];
  return candidates.find(exists);
}

const endings = ['', '.ts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];

/** The path that a relative or absolute specifier spells, before an ending is looked for. */
export function pathOfSpecifier(specifier: string, from: string): string | undefined {
  if (!/^\.{0,2}\//.test(specifier)) return undefined;
  return specifier.startsWith('/') ? specifier.replace(/^\/(app\/)?/, '') : join(from, specifier);
}

function join(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
