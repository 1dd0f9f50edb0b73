/** A word before it is expanded: bytes, and of each whether it was quoted (`q`), bare (`u`) or came from a variable (`v`). */
export interface RawWord {
  readonly octets: string;
  readonly marks: string;
}

/** Bash's `{a,b}` and `{1..3}`, of which only bare characters count. A word without any stays as it is. */
export function braceExpanded(word: RawWord): readonly RawWord[] {
  for (let open = nextBare(word, '{', 0); open >= 0; open = nextBare(word, '{', open + 1)) {
    if (word.octets[open - 1] === '$' && word.marks[open - 1] === 'u') continue;
    const found = alternativesAt(word, open);
    if (!found) continue;
    const before = sliceOf(word, 0, open);
    const rest = braceExpanded(sliceOf(word, found.end));
    return found.alternatives
      .flatMap(braceExpanded)
      .flatMap((each) => rest.map((tail) => joined([before, each, tail])));
  }
  return [word];
}

function alternativesAt(word: RawWord, open: number): { alternatives: RawWord[]; end: number } | undefined {
  let depth = 0;
  const cuts: number[] = [];
  for (let at = open; at < word.octets.length; at += 1) {
    if (word.marks[at] !== 'u') continue;
    const octet = word.octets[at];
    if (octet === '{') depth += 1;
    else if (octet === ',' && depth === 1) cuts.push(at);
    else if (octet === '}') {
      depth -= 1;
      if (depth > 0) continue;
      if (cuts.length > 0) return { alternatives: between(word, [open, ...cuts, at]), end: at + 1 };
      const sequence = sequenceOf(word.octets.slice(open + 1, at));
      return sequence && { alternatives: sequence, end: at + 1 };
    }
  }
  return undefined;
}

const between = (word: RawWord, cuts: readonly number[]): RawWord[] =>
  cuts.slice(1).map((end, index) => sliceOf(word, cuts[index]! + 1, end));

const sequenceMax = 1000;

function sequenceOf(inside: string): RawWord[] | undefined {
  const [, from, to, by] = /^(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.(-?\d+))?$/.exec(inside) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const letters = /[a-zA-Z]/.test(from);
  if (letters !== /[a-zA-Z]/.test(to)) return undefined;
  const [first, last] = letters ? [from.charCodeAt(0), to.charCodeAt(0)] : [Number(from), Number(to)];
  const step = Math.max(1, Math.abs(Number(by ?? 1))) * (first <= last ? 1 : -1);
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0;
  const count = Math.floor((last - first) / step) + 1;
  if (count > sequenceMax) return undefined;
  return Array.from({ length: count }, (_none, index) => {
    const value = first + index * step;
    return bare(letters ? String.fromCharCode(value) : String(value).padStart(width, '0'));
  });
}

export const bare = (octets: string): RawWord => ({ octets, marks: 'u'.repeat(octets.length) });

export const sliceOf = ({ octets, marks }: RawWord, start: number, end?: number): RawWord => ({
  octets: octets.slice(start, end),
  marks: marks.slice(start, end),
});

export const joined = (words: readonly RawWord[]): RawWord => ({
  octets: words.map(({ octets }) => octets).join(''),
  marks: words.map(({ marks }) => marks).join(''),
});

function nextBare({ octets, marks }: RawWord, wanted: string, from: number): number {
  for (let at = octets.indexOf(wanted, from); at >= 0; at = octets.indexOf(wanted, at + 1)) {
    if (marks[at] === 'u') return at;
  }
  return -1;
}
