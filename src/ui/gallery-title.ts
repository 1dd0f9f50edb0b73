import type { GalleryEntry } from '../scenario/gallery/gallery';
import type { Language } from './text/format';

/** A scenario of the gallery has a title in each language, also where only its file's own is at hand: in a saved run, in a link. */
export function galleryTitle(gallery: readonly GalleryEntry[], title: string, language: Language): string {
  return gallery.find((entry) => entry.title.en === title)?.title[language] ?? title;
}
