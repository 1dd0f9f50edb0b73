import type { Preferences } from './preferences';

export type Theme = 'dark' | 'light';

/** What the reader chose; until then what the system has, also when that changes. */
export class ThemeChoice {
  readonly #preferences: Preferences;
  #ofSystem: Theme = $state('dark');
  #chosen: Theme | undefined = $state();

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    const kept = preferences.read('theme');
    if (kept === 'dark' || kept === 'light') this.#chosen = kept;
    const isLight = matchMedia('(prefers-color-scheme: light)');
    const follow = (): void => {
      this.#ofSystem = isLight.matches ? 'light' : 'dark';
    };
    follow();
    isLight.addEventListener('change', follow);
  }

  get current(): Theme {
    return this.#chosen ?? this.#ofSystem;
  }

  choose(theme: Theme): void {
    this.#chosen = theme;
    this.#preferences.write('theme', theme);
  }
}
