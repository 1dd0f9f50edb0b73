import { knownType } from './media-type';

/** A value of a header of the kind of `Accept`, spelled as it came. */
interface Accepted {
  readonly value: string;
  readonly params: ReadonlyMap<string, string>;
  readonly quality: number;
  readonly order: number;
}

function acceptedOf(header: string): Accepted[] {
  return header.split(',').flatMap((part, order) => {
    const { value, params } = parametersOf(part);
    if (value === '') return [];
    const given = params.get('q');
    params.delete('q');
    return [{ value, params, quality: given ? Number.parseFloat(given) || 0 : 1, order }];
  });
}

function parametersOf(text: string): { value: string; params: Map<string, string> } {
  const [value = '', ...rest] = text.split(';').map((each) => each.trim());
  const params = new Map<string, string>();
  for (const each of rest) {
    const [, name, given = ''] = /^([^=]+?)\s*=\s*(.*)$/.exec(each) ?? [];
    if (name !== undefined && !params.has(name.toLowerCase()))
      params.set(name.toLowerCase(), given.replace(/^"(.*)"$/, '$1').replace(/\\(.)/g, '$1'));
  }
  return { value, params };
}

/** How well something meets what is accepted: the larger the closer; undefined for not at all. */
type Closeness = (accepted: Accepted, provided: string) => number | undefined;

/** Names in the order in which they are liked; those that are not acceptable left out. Package `negotiator`. */
function preferred(accepted: readonly Accepted[], provided: readonly string[], closeness: Closeness): string[] {
  return provided
    .map((name, index) => {
      let best = { close: 0, quality: 0, order: -1 };
      for (const each of accepted) {
        const close = closeness(each, name);
        if (close === undefined) continue;
        const { quality, order } = each;
        // Of several that are as close the more liked one counts, and of those the last.
        if ((best.close - close || best.quality - quality || best.order - order) < 0) best = { close, quality, order };
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

function allLiked(accepted: readonly Accepted[]): string[] {
  return accepted
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || one.order - other.order)
    .map(({ value }) => value);
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const ofType: Closeness = ({ value, params }, provided) => {
  const { value: full, params: own } = parametersOf(provided);
  const [type = '', subtype = ''] = halves(value);
  const [ownType = '', ownSubtype] = halves(full);
  if (ownSubtype === undefined) return undefined;
  const meets = isSame(type, ownType) ? 4 : 0;
  if (meets === 0 && type !== '*') return undefined;
  const meetsToo = isSame(subtype, ownSubtype) ? 2 : 0;
  if (meetsToo === 0 && subtype !== '*') return undefined;
  for (const [name, wanted] of params) if (wanted !== '*' && !isSame(wanted, own.get(name) ?? '')) return undefined;
  return meets + meetsToo + (params.size > 0 ? 1 : 0);
};

/** At the first slash; one alone has no second half. */
function halves(type: string): string[] {
  const at = type.indexOf('/');
  return at < 0 ? [type] : [type.slice(0, at), type.slice(at + 1)];
}

const ofWord: Closeness = ({ value }, provided) => (isSame(value, provided) ? 1 : value === '*' ? 0 : undefined);

/** Also a language without its region, either way. */
const ofLanguage: Closeness = ({ value }, provided) => {
  const own = parametersOf(provided).value;
  if (isSame(value, own)) return 4;
  if (isSame(beforeHyphen(value), own)) return 2;
  if (isSame(value, beforeHyphen(own))) return 1;
  return value === '*' ? 0 : undefined;
};

function beforeHyphen(language: string): string {
  const at = language.indexOf('-');
  return at < 0 ? language : language.slice(0, at);
}

/** What the caller is asked about; nothing at all asks for everything that the header likes. */
type Asked = readonly (string | readonly string[] | null | undefined)[];

const asked = (given: Asked): readonly string[] => (given[0] ? (given.flat() as string[]) : []);

/** The one of `types` (`json`, `text/html`) that the header likes best, as it was given; false for none. Without types all that it likes. */
export function acceptedType(header: string | undefined, given: Asked): string | readonly string[] | false {
  const types = asked(given);
  const accepted = acceptedOf(header ?? '*/*').filter(({ value }) => value.includes('/'));
  if (types.length === 0) return allLiked(accepted);
  if (!header) return types[0] ?? false;
  const full = types.map(knownType);
  const isKnown = (type: string | undefined): type is string => type !== undefined;
  const [best] = preferred(accepted, full.filter(isKnown), ofType);
  return best === undefined ? false : (types[full.indexOf(best)] ?? false);
}

/** As `acceptedType`, for encodings: what is not encoded at all is liked least, unless the header says otherwise. */
export function acceptedEncoding(header: string | undefined, given: Asked) {
  const accepted = acceptedOf(header ?? '');
  if (!accepted.some((each) => ofWord(each, 'identity') !== undefined)) {
    const quality = Math.min(1, ...accepted.map((each) => each.quality || 1));
    accepted.push({ value: 'identity', params: new Map(), quality, order: header ? header.split(',').length : 0 });
  }
  return best(accepted, given, ofWord);
}

/** As `acceptedType`, for character sets. */
export function acceptedCharset(header: string | undefined, given: Asked) {
  return best(acceptedOf(header ?? '*'), given, ofWord);
}

/** As `acceptedType`, for languages. */
export function acceptedLanguage(header: string | undefined, given: Asked) {
  return best(acceptedOf(header ?? '*'), given, ofLanguage);
}

function best(accepted: readonly Accepted[], given: Asked, closeness: Closeness): string | readonly string[] | false {
  const words = asked(given);
  return words.length === 0 ? allLiked(accepted) : (preferred(accepted, words, closeness)[0] ?? false);
}
