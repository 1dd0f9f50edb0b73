import type { LinkSettings } from '../../log/entry';
import type { Format } from '../text/format';
import type { Text } from '../text/text';
import type { LinkState } from './link-state';

export function linkWords(state: LinkState, t: Text['stage']): string {
  return t.link.state[state];
}

/** `800 – 1 100 ms, 2 % lost`; what a link without latency and loss does is said in a word. `loses`: what is sent while it is cut. */
export function settingsWords(settings: LinkSettings, t: Text['stage'], format: Format, loses: boolean): string {
  const { latencyMs, jitterMs, loss, cut } = settings;
  if (cut) return loses ? t.link.cutLoses : t.link.cutHolds;
  const least = format.duration(latencyMs);
  const time = jitterMs > 0 ? t.link.between(least, format.duration(latencyMs + jitterMs)) : least;
  const words = latencyMs === 0 && jitterMs === 0 ? t.link.atOnce : time;
  return loss > 0 ? `${words}, ${t.link.lost(format.number(Math.round(loss * 1000) / 10))}` : words;
}
