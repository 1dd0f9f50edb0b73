import type { LinkSettings } from '../../log/entry';

/** What can be done to a link at once; the fields beside it say it exactly. */
export const presets = ['normal', 'slow', 'lossy', 'cut'] as const;
export type Preset = (typeof presets)[number];

/** The settings to ask for, from those that the scenario gives the link. Slow is as drawn: 800 ± 300 ms. */
export function presetSettings(preset: Preset, own: LinkSettings): LinkSettings {
  const whole: LinkSettings = { ...own, cut: false };
  switch (preset) {
    case 'normal':
      return whole;
    case 'slow':
      return { ...whole, latencyMs: Math.max(800, own.latencyMs * 4), jitterMs: Math.max(300, own.jitterMs) };
    case 'lossy':
      return { ...whole, loss: Math.max(0.2, own.loss) };
    case 'cut':
      return { ...own, cut: true };
  }
}

/** Which of them the settings are; undefined when they are none. */
export function presetOf(settings: LinkSettings, own: LinkSettings): Preset | undefined {
  if (settings.cut) return 'cut';
  const keys = ['latencyMs', 'jitterMs', 'loss', 'cut'] as const;
  return presets.find((preset) => {
    const wanted = presetSettings(preset, own);
    return keys.every((key) => wanted[key] === settings[key]);
  });
}
