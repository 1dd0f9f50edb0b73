import type { Format, Language } from './format';
import type { Text } from './text';

/** All that is said in one language. */
export interface Words {
  readonly text: Text;
  /** Figures as the language writes them. */
  readonly format: Format;
}

/** Each language is a chunk of its own: nobody loads what is not read. */
export async function loadWords(language: Language): Promise<Words> {
  if (language === 'uk') return (await import('./ukrainian-words')).ukrainianWords;
  return (await import('./english-words')).englishWords;
}
