/**
 * Where a file of TypeScript or JavaScript names other modules: `import`, `export … from`, `import()`, `require()` and
 * `require.resolve()`. It reads tokens, not a syntax tree, so that a file in the middle of being written is read too, and
 * so that no position moves, as it would where types are stripped first.
 */
export interface ModuleSpecifier {
  readonly text: string;
  /** Offsets of the text between the quotes. */
  readonly from: number;
  readonly to: number;
}

export function moduleSpecifiers(source: string): readonly ModuleSpecifier[] {
  const found: ModuleSpecifier[] = [];
  /** The latest tokens, the newest first. */
  let before: readonly string[] = [];
  for (const token of tokensOf(source)) {
    if (token.quoted && namesModule(before)) {
      const [from, to] = [token.from + 1, token.to - 1];
      const text = source.slice(from, to);
      // Nobody escapes in a specifier; one that does is left alone.
      if (!text.includes('\\')) found.push({ text, from, to });
    }
    before = [source.slice(token.from, token.to), ...before.slice(0, 4)];
  }
  return found;
}

/** The source with each specifier as `change` answers. */
export function withSpecifiers(source: string, change: (specifier: string) => string): string {
  let [changed, end] = ['', 0];
  for (const { text, from, to } of moduleSpecifiers(source)) {
    changed += source.slice(end, from) + change(text);
    end = to;
  }
  return changed + source.slice(end);
}

function namesModule([last, second, third, fourth]: readonly string[]): boolean {
  if (last === 'from' || last === 'import') return true;
  if (last !== '(') return false;
  if (second === 'import' || second === 'require') return third !== '.';
  return second === 'resolve' && third === '.' && fourth === 'require';
}

interface Token {
  readonly from: number;
  readonly to: number;
  /** A text in quotes, closed. */
  readonly quoted: boolean;
}

const gap = /(?:\s|\/\/.*|\/\*[^]*?(?:\*\/|$))*/y;
const quoted = /'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*/uy;
const regex = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
/** What of a template is text, up to its end or its next hole. */
const template = /(?:\\[^]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;
/** After these words a slash begins a regular expression; after any other word, or a closing bracket, it divides. */
const expectsValue =
  /^(?:return|typeof|case|in|of|delete|void|throw|new|instanceof|yield|await|else|do|[^\p{L}\p{N}_$)\]}'"`])$/u;

function* tokensOf(source: string): Generator<Token> {
  /** For each template hole that is open, how many braces are open in it. */
  const holes: number[] = [];
  let last = '(';
  for (let at = match(gap, source, 0); at < source.length; at = match(gap, source, at)) {
    const from = at;
    const char = source[at]!;
    const closesHole = char === '}' && holes.at(-1) === 0;
    if (char === '`' || closesHole) {
      if (closesHole) holes.pop();
      at = match(template, source, at + 1);
      if (source.endsWith('${', at)) holes.push(0);
      yield { from, to: at, quoted: char === '`' && at > from + 1 && source[at - 1] === '`' };
      last = '`';
      continue;
    }
    if (holes.length > 0 && char === '{') holes[holes.length - 1]! += 1;
    if (holes.length > 0 && char === '}') holes[holes.length - 1]! -= 1;
    const text = match(quoted, source, at);
    if (text > at) at = text;
    else if (char === '/' && expectsValue.test(last)) at = Math.max(match(regex, source, at), at + 1);
    else at = Math.max(match(word, source, at), at + 1);
    yield { from, to: at, quoted: text > from };
    last = text > from ? `'` : source.slice(from, at);
  }
}

/** Where the match at `at` ends; `at` itself when there is none. */
function match(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : at;
}
