import type { EntryOf } from '../log/entry';
import { fates, type Fate } from './fate';
import { entryGroups, type EntryGroup, type LogFilter } from './search';

/**
 * What somebody looks for in the log, and its text: `process:email#1 fate:failed "no route" m_12`. The text is what links
 * carry and what may be typed into the search field.
 *
 * Values of one facet are alternatives; facets, and the words of the text, must all hold.
 */
export interface LogQuery {
  readonly kind: readonly EntryGroup[];
  readonly process: readonly string[];
  /** Event types: `order.created`. */
  readonly event: readonly string[];
  readonly fate: readonly Fate[];
  /** Ids of messages and calls: `m_12`, `r_3`. */
  readonly message: readonly string[];
  /** Of HTTP answers: `503`, or `5xx`. */
  readonly status: readonly string[];
  /** Of experiments: what a version was given, did and came to. */
  readonly version: readonly string[];
  /** Of what was printed. */
  readonly stream: readonly Stream[];
  /** Words and phrases in quotes, as they were typed. */
  readonly text: string;
}

export type Stream = EntryOf<'console.printed'>['stream'];

export const facets = ['kind', 'process', 'event', 'fate', 'message', 'status', 'version', 'stream'] as const;
export type Facet = (typeof facets)[number];

export const emptyQuery: LogQuery = {
  kind: [],
  process: [],
  event: [],
  fate: [],
  message: [],
  status: [],
  version: [],
  stream: [],
  text: '',
};

export const streams = ['stdout', 'stderr'] as const satisfies readonly Stream[];

/** Values that a facet knows; the others take any. */
const known: { readonly [F in Facet]?: readonly string[] } = { kind: entryGroups, fate: fates, stream: streams };

/** `word`, `"a phrase"`, `facet:value`, `facet:"a value"`. */
const token = /(?:([a-z]+):)?(?:"([^"]*)"?|([^\s"]+))/g;

/** Never fails: what is no facet is text. */
export function parseQuery(text: string): LogQuery {
  const values: Record<Facet, string[]> = {
    kind: [],
    process: [],
    event: [],
    fate: [],
    message: [],
    status: [],
    version: [],
    stream: [],
  };
  const rest = text.replace(token, (whole, facet: string | undefined, quoted: string | undefined, bare?: string) => {
    const value = quoted ?? bare ?? '';
    if (!isFacet(facet) || value === '' || known[facet]?.includes(value) === false) return whole;
    if (!values[facet].includes(value)) values[facet].push(value);
    return '';
  });
  const query: Record<string, unknown> = { ...values, text: rest.replace(/\s+/g, ' ').trim() };
  return query as unknown as LogQuery;
}

/** What `parseQuery` reads back. */
export function formatQuery(query: LogQuery): string {
  const parts = facets.flatMap((facet) => query[facet].map((value) => `${facet}:${quote(value)}`));
  return [...parts, query.text.trim()].filter((part) => part !== '').join(' ');
}

export function isEmptyQuery(query: LogQuery): boolean {
  return query.text.trim() === '' && facets.every((facet) => query[facet].length === 0);
}

/** The value is taken in, or out when it was in. */
export function toggled<F extends Facet>(query: LogQuery, facet: F, value: LogQuery[F][number]): LogQuery {
  const values: readonly string[] = query[facet];
  const next = values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
  return { ...query, [facet]: next };
}

/** Facets that were typed stand with those that were chosen. */
export function withTyped(query: LogQuery): LogQuery {
  return parseQuery(formatQuery(query));
}

/** What must occur in an entry's text, in lower case: words, and phrases as they stand. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [, quoted, bare] of text.toLowerCase().matchAll(phrase)) words.push(quoted ?? bare ?? '');
  return words.filter((word) => word !== '');
}

const phrase = /(?:"([^"]*)"?|([^\s"]+))/g;

export function filterOf(query: LogQuery): LogFilter {
  const all = withTyped(query);
  const setOf = <V>(values: readonly V[]): ReadonlySet<V> | undefined =>
    values.length === 0 ? undefined : new Set(values);
  return {
    groups: setOf(all.kind),
    processes: setOf(all.process),
    events: setOf(all.event),
    fates: setOf(all.fate),
    messages: setOf(all.message),
    statuses: setOf(all.status),
    versions: setOf(all.version),
    streams: setOf(all.stream),
    words: wordsOf(all.text),
  };
}

function isFacet(name: string | undefined): name is Facet {
  return (facets as readonly string[]).includes(name ?? '');
}

/** A quote inside would end it, and names in code have none. */
function quote(value: string): string {
  const plain = value.replaceAll('"', '');
  return /\s/.test(plain) ? `"${plain}"` : plain;
}
