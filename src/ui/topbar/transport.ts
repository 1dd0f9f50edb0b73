import type { Player } from '../../player/player-face';
import type { Text } from '../text/text';

/** What the run controls may do now, and why not, in words. Pure. */
export interface Transport {
  readonly playing: boolean;
  /** Why nothing at all can be done. */
  readonly blockedWhy: string | undefined;
  /** Why nothing but Run can be done: the time that would be gone to, or changed, has not begun. */
  readonly waitsWhy: string | undefined;
  readonly backWhy: string | undefined;
  readonly forwardWhy: string | undefined;
  /** The whole run: computed length once it is known, the scenario's time before. */
  readonly totalMs: number;
  readonly atEnd: boolean;
}

export function transport(player: Player, t: Text): Transport {
  const blockedWhy = blocked(player, t);
  const waitsWhy = blockedWhy ?? (player.status === 'waiting' ? t.topbar.why.waits : undefined);
  const atEnd = player.ended && player.position >= player.log.length && player.playheadMs >= player.computedToMs;
  const atStart = player.position === 0 && player.playheadMs === 0;
  return {
    playing: player.status === 'playing',
    blockedWhy,
    waitsWhy,
    backWhy: waitsWhy ?? (atStart ? t.topbar.why.atStart : undefined),
    forwardWhy: waitsWhy ?? (atEnd ? t.topbar.why.atEnd : undefined),
    totalMs: player.ended ? player.computedToMs : Math.max(player.scenario.durationMs, player.computedToMs),
    atEnd,
  };
}

function blocked(player: Player, t: Text): string | undefined {
  switch (player.status) {
    case 'empty':
      return t.topbar.why.nothingOpen;
    case 'loading':
      return t.topbar.why.loading;
    case 'failed':
      return t.topbar.why.failed;
    case 'waiting':
    case 'ready':
    case 'playing':
      return undefined;
  }
}

/** Run at the end means: once more from the start. */
export function runOrPause(player: Player, t: Text): void {
  const now = transport(player, t);
  if (now.blockedWhy !== undefined) return;
  if (now.playing) {
    player.pause();
    return;
  }
  if (now.atEnd) player.restart();
  player.run();
}

export const speeds = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 10_000, 100_000] as const;

/** The list to choose from, with the present speed in its place when a scenario brought another. */
export function speedChoices(present: number): readonly number[] {
  return [...new Set([...speeds, present])].sort((a, b) => a - b);
}

export function neighbourSpeed(present: number, direction: 'slower' | 'faster'): number {
  const next =
    direction === 'faster' ? speeds.find((speed) => speed > present) : speeds.findLast((speed) => speed < present);
  return next ?? present;
}

export const seedMax = 4_294_967_295;

/** `undefined` for what is no seed. */
export function readSeed(text: string): number | undefined {
  const seed = Number(text);
  return text.trim() !== '' && Number.isInteger(seed) && seed >= 0 && seed <= seedMax ? seed : undefined;
}

/** A short one: it is read aloud and typed by hand. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 10_000);
}
