import { parsePath, type PathToken } from './path-tokens';

/** Paths as `router` matches them: texts after path-to-regexp 8.4, or regular expressions. */
export interface PathMatch {
  readonly path: string;
  readonly params: Record<string, string | string[]>;
}

export type PathMatcher = (path: string) => PathMatch | undefined;

/** `end`: the whole path must match; otherwise its beginning, up to a slash. */
export function pathMatcher(
  pattern: unknown,
  end: boolean,
  options: { strict: boolean; caseSensitive: boolean },
): PathMatcher {
  if (Array.isArray(pattern)) {
    const matchers = (pattern as unknown[]).map((each) => pathMatcher(each, end, options));
    return (path) => firstOf(matchers, path);
  }
  if (pattern instanceof RegExp) {
    const names = groupNames(pattern);
    return (path) => ofRegExp(pattern, names, path);
  }
  const text = String(pattern);
  if (!end && text === '/') return () => ({ path: '', params: emptyParams() });
  const { sources, keys } = parsePath(options.strict || text === '/' ? text : text.replace(/\/+$/, ''));
  const tail = options.strict ? '' : '(?:/$)?';
  const expression = new RegExp(
    `^(?:${sources.join('|')})${tail}${end ? '$' : '(?=/|$)'}`,
    options.caseSensitive ? '' : 'i',
  );
  return (path) => {
    const found = expression.exec(path);
    return found === null ? undefined : { path: found[0], params: paramsOf(keys, found) };
  };
}

function firstOf(matchers: readonly PathMatcher[], path: string): PathMatch | undefined {
  for (const match of matchers) {
    const found = match(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What its groups are called: by their names, the others by numbers of their own. */
function groupNames({ source }: RegExp): string[] {
  let nameless = 0;
  return [...source.matchAll(/\((?:\?<(.*?)>)?(?!\?)/g)].map((group) => group[1] ?? String(nameless++));
}

function ofRegExp(expression: RegExp, names: readonly string[], path: string): PathMatch | undefined {
  const found = expression.exec(path);
  if (found === null) return undefined;
  const params: PathMatch['params'] = {};
  names.forEach((name, index) => {
    const value = found[index + 1];
    if (value !== undefined) params[name] = decoded(value);
  });
  return { path: found[0], params };
}

const emptyParams = (): Record<string, string | string[]> => Object.create(null) as Record<string, string>;

function paramsOf(keys: readonly PathToken[], found: RegExpExecArray): Record<string, string | string[]> {
  const params = emptyParams();
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index];
    const value = found[index + 1];
    if (key !== undefined && value !== undefined)
      params[key.text] = key.type === 'wildcard' ? value.split('/').map(decoded) : decoded(value);
  }
  return params;
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    const message = `Failed to decode param '${text}'`;
    throw Object.assign(error as Error, { message, status: 400, statusCode: 400 });
  }
}
