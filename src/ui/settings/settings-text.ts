import { enSettings } from '../text/en-settings';
import type { Language } from '../text/format';
import type { Translated } from '../text/text';
import { ukSettings } from '../text/uk-settings';

export type SettingsText = Translated<typeof enSettings>;

/** What is said of a scenario's settings: it comes with the editor, whose pane alone shows them. */
export function settingsText(language: Language): SettingsText {
  return language === 'uk' ? ukSettings : enSettings;
}
