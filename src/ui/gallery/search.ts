import { galleryAbout } from '../../scenario/gallery/about';
import {
  galleryGroups,
  type GalleryBroker,
  type GalleryEntry,
  type GalleryGroup,
} from '../../scenario/gallery/gallery';
import type { Language } from '../text/format';
import type { Text } from '../text/text';

/** What is looked for: every word must occur, whatever its case. */
export interface Wanted {
  readonly query: string;
  readonly broker: GalleryBroker | undefined;
}

export interface Section {
  readonly group: GalleryGroup;
  readonly entries: readonly GalleryEntry[];
}

/** The gallery by groups, without those that hold nothing of what is wanted. */
export function sectionsOf(
  gallery: readonly GalleryEntry[],
  wanted: Wanted,
  words: { readonly t: Text['gallery']; readonly language: Language },
): readonly Section[] {
  const found = gallery.filter(
    (entry) =>
      (wanted.broker === undefined || entry.brokers.includes(wanted.broker)) &&
      matches(wanted.query, wordsOf(entry, words.t, words.language)),
  );
  return galleryGroups
    .map((group) => ({ group, entries: found.filter((entry) => entry.group === group) }))
    .filter(({ entries }) => entries.length > 0);
}

export function matches(query: string, texts: readonly string[]): boolean {
  const text = texts.join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** What stands below the title: where it belongs and what it runs on. */
export function factOf(entry: GalleryEntry, t: Text['gallery']): string {
  const brokers = entry.brokers.map((broker) => t.broker[broker]).join(', ');
  const level = entry.level === undefined ? [] : [t.level(entry.level)];
  const services = entry.services === undefined ? [] : [t.services(entry.services)];
  return [...level, brokers, ...services].join(' · ');
}

function wordsOf(entry: GalleryEntry, t: Text['gallery'], language: Language): readonly string[] {
  const { about, learn, tries } = galleryAbout(entry.id);
  return [
    entry.id,
    entry.title[language],
    about[language],
    ...learn[language],
    ...tries[language],
    t.group[entry.group],
    factOf(entry, t),
  ];
}
