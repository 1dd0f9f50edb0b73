import { comparisonTexts } from './comparison-texts';
import { courseTexts } from './course-texts';
import { limitsTexts } from './limits-texts';
import { messagingTexts } from './messaging-texts';
import { patternsTexts } from './patterns-texts';
import type { Sketch } from './sketch';
import { sketches } from './sketches';
import { storingTexts } from './storing-texts';
import { systemsTexts } from './systems-texts';
import { technologiesTexts } from './technologies-texts';

/** What is said about a scenario of the gallery. */
export interface GalleryAbout {
  /** What runs, in one sentence or two. */
  readonly about: Readonly<Record<'en' | 'uk', string>>;
  /** What can be seen by running it, a sentence each. */
  readonly learn: Readonly<Record<'en' | 'uk', readonly string[]>>;
  /** Three things to do with it, each with what comes of it. */
  readonly tries: Readonly<Record<'en' | 'uk', readonly string[]>>;
  /** What it looks like at work. */
  readonly sketch: Sketch;
}

export type GalleryTexts = Readonly<Record<string, Omit<GalleryAbout, 'sketch'>>>;

const texts: GalleryTexts = {
  ...courseTexts,
  ...systemsTexts,
  ...technologiesTexts,
  ...patternsTexts,
  ...messagingTexts,
  ...storingTexts,
  ...comparisonTexts,
  ...limitsTexts,
};

/** @throws when the gallery has no such scenario */
export function galleryAbout(id: string): GalleryAbout {
  const [text, sketch] = [texts[id], sketches[id]];
  if (text === undefined || sketch === undefined) throw new Error(`nothing is said about ${id}`);
  return { ...text, sketch };
}
