import { mediaType } from './media-type';

interface Accepted {
  readonly value: string;
  readonly params: readonly string[];
  readonly quality: number;
  readonly order: number;
}

function acceptedOf(header: string): Accepted[] {
  return header.split(',').flatMap((part, order) => {
    const [value = '', ...rest] = part.split(';').map((each) => each.trim().toLowerCase());
    if (value === '') return [];
    const given = rest.find((each) => each.startsWith('q='));
    const quality = given === undefined ? 1 : Number(given.slice(2)) || 0;
    return [{ value, params: rest.filter((each) => !each.startsWith('q=')), quality, order }];
  });
}

/** How well something meets what is accepted: the larger the closer, 0 for not at all. */
type Closeness = (accepted: Accepted, provided: string) => number;

/** Names in the order in which they are liked; those that are not acceptable left out. Package `negotiator`. */
function preferred(header: string, provided: readonly string[] | undefined, closeness: Closeness): string[] {
  const accepted = acceptedOf(header);
  if (provided === undefined)
    return accepted
      .filter(({ quality }) => quality > 0)
      .sort((one, other) => other.quality - one.quality || one.order - other.order)
      .map(({ value }) => value);
  return provided
    .map((name, index) => {
      let best = { close: 0, quality: 0, order: 0 };
      for (const each of accepted) {
        const close = closeness(each, name.toLowerCase());
        if (close > best.close) best = { close, quality: each.quality, order: each.order };
      }
      return { name, index, ...best };
    })
    .filter(({ quality }) => quality > 0)
    .sort(
      (one, other) =>
        other.quality - one.quality || other.close - one.close || one.order - other.order || one.index - other.index,
    )
    .map(({ name }) => name);
}

const ofType: Closeness = ({ value, params }, provided) => {
  const [type, subtype] = value.split('/');
  const [full = '', ...own] = provided.split(';').map((each) => each.trim());
  const [ownType, ownSubtype] = full.split('/');
  if (!params.every((each) => own.includes(each))) return 0;
  if (type !== '*' && type !== ownType) return 0;
  if (subtype !== '*' && subtype !== ownSubtype) return 0;
  return 1 + (type === '*' ? 0 : 4) + (subtype === '*' ? 0 : 2) + (params.length > 0 ? 1 : 0);
};

/** Also a language without its region, either way. */
const ofWord: Closeness = ({ value }, provided) => {
  if (value === provided) return 4;
  if (value === provided.split('-')[0]) return 3;
  if (value.split('-')[0] === provided) return 2;
  return value === '*' ? 1 : 0;
};

/** The one of `types` (`json`, `text/html`) that the header likes best, as it was given; false for none. Without types all that it likes. */
export function acceptedType(header: string | undefined, types: readonly string[]): string | readonly string[] | false {
  if (types.length === 0) return preferred(header ?? '*/*', undefined, ofType);
  if (!header) return types[0] ?? false;
  const [best] = preferred(header, types.map(mediaType), ofType);
  return best === undefined ? false : (types[types.map(mediaType).indexOf(best)] ?? false);
}

/** As `acceptedType`, for encodings: what is not encoded at all is liked least, unless the header says otherwise. */
export function acceptedEncoding(header: string | undefined, words: readonly string[]) {
  const accepted = acceptedOf(header ?? '');
  const hasIdentity = accepted.some(({ value }) => value === 'identity' || value === '*');
  const least = Math.min(1, ...accepted.map(({ quality }) => quality || 1));
  return acceptedWord(hasIdentity ? header : [header, `identity;q=${String(least)}`].join(','), words);
}

/** As `acceptedType`, for character sets and languages. */
export function acceptedWord(header: string | undefined, words: readonly string[]): string | readonly string[] | false {
  if (words.length === 0) return preferred(header ?? '*', undefined, ofWord);
  return preferred(header ?? '*', words, ofWord)[0] ?? false;
}
