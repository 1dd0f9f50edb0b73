/** Paths as path-to-regexp 8 reads them: `:name`, `*rest`, `{optional}`, `\` before a character of its own. */
export interface PathMatch {
  readonly path: string;
  readonly params: Record<string, string | string[]>;
}

export type PathMatcher = (path: string) => PathMatch | undefined;

interface Key {
  readonly name: string;
  readonly isRest: boolean;
}

const help = 'https://git.new/pathToRegexpError';

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
  if (pattern instanceof RegExp) return (path) => ofRegExp(pattern, path);
  const text = String(pattern);
  if (!end && text === '/') return () => ({ path: '', params: emptyParams() });
  const keys: Key[] = [];
  const body = source(end || options.strict ? text : text.replace(/\/$/, ''), keys);
  const tail = options.strict ? '' : '(?:/$)?';
  const expression = new RegExp(`^${body}${tail}${end ? '$' : '(?=/|$)'}`, options.caseSensitive ? '' : 'i');
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

function ofRegExp(expression: RegExp, path: string): PathMatch | undefined {
  const found = expression.exec(path);
  if (found === null) return undefined;
  const params = emptyParams();
  for (let index = 1; index < found.length; index++) {
    const value = found[index];
    if (value !== undefined) params[String(index - 1)] = decoded(value);
  }
  for (const [name, value] of Object.entries(found.groups ?? {})) params[name] = decoded(value);
  return { path: found[0], params };
}

const emptyParams = (): Record<string, string | string[]> => Object.create(null) as Record<string, string>;

function paramsOf(keys: readonly Key[], found: RegExpExecArray): Record<string, string | string[]> {
  const params = emptyParams();
  keys.forEach(({ name, isRest }, index) => {
    const value = found[index + 1];
    if (value !== undefined) params[name] = isRest ? value.split('/').map(decoded) : decoded(value);
  });
  return params;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    const message = `Failed to decode param '${text}'`;
    throw Object.assign(error as Error, { message, status: 400, statusCode: 400 });
  }
}

function source(text: string, keys: Key[]): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === ':' || character === '*') {
      const name = /^(?:"((?:[^"\\]|\\.)+)"|[\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(text.slice(at + 1));
      if (name === null) throw new TypeError(`Missing parameter name at ${String(at + 1)}: ${help}`);
      keys.push({ name: name[1] ?? name[0], isRest: character === '*' });
      result += character === '*' ? '([\\s\\S]+)' : '([^/]+?)';
      at += name[0].length;
    } else if (character === '{') result += '(?:';
    else if (character === '}') result += ')?';
    else if ('()[]+?!'.includes(character)) throw new TypeError(`Unexpected ${character} at ${String(at)}: ${help}`);
    else {
      if (character === '\\') at++;
      result += (text[at] ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    }
  }
  return result;
}
