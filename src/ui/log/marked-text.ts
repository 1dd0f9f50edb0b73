export interface TextPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** A text cut where the words that were searched for stand in it, whatever their case. `words` are in lower case. */
export function markedText(text: string, words: readonly string[]): readonly TextPart[] {
  const hits = hitsIn(text.toLowerCase(), words);
  const parts: TextPart[] = [];
  let end = 0;
  for (const [from, to] of hits) {
    if (from > end) parts.push({ text: text.slice(end, from), isHit: false });
    if (to > end) parts.push({ text: text.slice(Math.max(from, end), to), isHit: true });
    end = Math.max(end, to);
  }
  if (end < text.length) parts.push({ text: text.slice(end), isHit: false });
  return parts;
}

/** From and to, in order of their start; they may overlap. */
function hitsIn(text: string, words: readonly string[]): [number, number][] {
  const hits: [number, number][] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      hits.push([at, at + word.length]);
    }
  }
  return hits.sort(([a], [b]) => a - b);
}
