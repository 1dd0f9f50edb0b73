import type { Bytes } from './bytes';

/**
 * Redis's glob patterns, byte by byte, as `stringmatchlen` of its `util.c` has them, corners included: nothing but the empty
 * pattern matches an empty text; a class without an end reaches to the end of the pattern; `[a-]` takes its bracket for
 * the end of a range.
 */
export function globMatches(pattern: Bytes, text: Bytes): boolean {
  return matchesFrom(pattern, 0, text, 0, { skipped: false });
}

/** `skipped`: a star has already tried every rest of the text in vain, so stars before it need not go on. */
function matchesFrom(pattern: Bytes, p: number, text: Bytes, t: number, search: { skipped: boolean }): boolean {
  while (p < pattern.length && t < text.length) {
    const symbol = pattern[p];
    if (symbol === '*') {
      while (pattern[p + 1] === '*') p += 1;
      if (p + 1 === pattern.length) return true;
      return restMatches(pattern, p + 1, text, t, search);
    }
    if (symbol === '[') {
      const found = classMatches(pattern, p + 1, text.charCodeAt(t));
      if (!found.matches) return false;
      p = found.end;
    } else if (symbol !== '?') {
      if (symbol === '\\' && p + 1 < pattern.length) p += 1;
      if (pattern[p] !== text[t]) return false;
    }
    t += 1;
    p += 1;
    if (t === text.length) while (pattern[p] === '*') p += 1;
  }
  return p >= pattern.length && t === text.length;
}

function restMatches(pattern: Bytes, p: number, text: Bytes, t: number, search: { skipped: boolean }): boolean {
  for (let at = t; at < text.length; at += 1) {
    if (matchesFrom(pattern, p, text, at, search)) return true;
    if (search.skipped) return false;
  }
  search.skipped = true;
  return false;
}

/** `end`: where the class ends, at its bracket. */
function classMatches(pattern: Bytes, from: number, byte: number): { matches: boolean; end: number } {
  let p = from;
  const isNegated = pattern[p] === '^';
  if (isNegated) p += 1;
  let matches = false;
  for (; ; p += 1) {
    if (pattern[p] === '\\' && pattern.length - p >= 2) {
      p += 1;
      if (pattern.charCodeAt(p) === byte) matches = true;
    } else if (pattern[p] === ']') break;
    else if (p >= pattern.length) {
      p -= 1;
      break;
    } else if (pattern.length - p >= 3 && pattern[p + 1] === '-') {
      const [one, other] = [pattern.charCodeAt(p), pattern.charCodeAt(p + 2)];
      p += 2;
      if (byte >= Math.min(one, other) && byte <= Math.max(one, other)) matches = true;
    } else if (pattern.charCodeAt(p) === byte) matches = true;
  }
  return { matches: matches !== isNegated, end: p };
}
