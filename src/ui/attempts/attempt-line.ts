import type { Fate } from '../../projections/fate';
import type { SendingNow, WebhookAttempt, WebhookSending } from '../../projections/attempts';

/** An attempt on its message's line. */
export interface PlacedAttempt {
  readonly attempt: WebhookAttempt;
  readonly x: number;
  readonly fate: Fate;
}

/** A wait between two attempts, drawn as short as any other. */
export interface PlacedWait {
  readonly fromX: number;
  readonly toX: number;
  readonly waitMs: number;
  /** It has not passed yet. */
  readonly isOpen: boolean;
}

/** Half of a word under a mark. */
const edgePx = 22;
/** A wait of hours and minutes stands between two such words. */
const foldPx = 104;
/** Narrower its words could not be read; the line is longer than its place then. */
const foldPxMin = 72;
/** A shorter wait is drawn as long as it is. */
const foldMinMs = 1_000;
/** Of what runs: an attempt that waits for its timeout of 15 s takes 90 px. */
const pxPerMsMax = 0.006;

/** One message's attempts on a line of so many pixels, or more where it has many: waits are folded to one width, what runs is to scale. Pure. */
export function lineOf(
  sending: WebhookSending,
  { attempts, nextAtMs }: SendingNow,
  nowMs: number,
  widthPx: number,
): {
  readonly attempts: readonly PlacedAttempt[];
  readonly waits: readonly PlacedWait[];
  readonly nextX: number | undefined;
} {
  const stops = attempts.map(({ startedAtMs, endedAtMs }) => ({
    fromMs: startedAtMs,
    toMs: Math.min(endedAtMs ?? nowMs, nowMs),
  }));
  if (nextAtMs !== undefined) stops.push({ fromMs: nextAtMs, toMs: nextAtMs });
  const folds = stops.flatMap(({ fromMs }, at) => {
    const beforeMs = stops[at - 1]?.toMs ?? sending.createdAtMs;
    return fromMs - beforeMs >= foldMinMs ? [{ fromMs: beforeMs, toMs: fromMs }] : [];
  });
  const foldedBefore = (ms: number): number =>
    folds.reduce((sum, fold) => sum + Math.max(0, Math.min(ms, fold.toMs) - fold.fromMs), 0);
  const runningMs = (ms: number): number => ms - sending.createdAtMs - foldedBefore(ms);
  const width = Math.max(1, widthPx - 2 * edgePx);
  const fold = Math.max(foldPxMin, Math.min(foldPx, (width * 0.8) / Math.max(1, folds.length)));
  const wholeMs = Math.max(1, runningMs(stops.at(-1)?.toMs ?? sending.createdAtMs));
  const pxPerMs = Math.min(pxPerMsMax, Math.max(width * 0.2, width - fold * folds.length) / wholeMs);
  const place = (ms: number): number =>
    edgePx + runningMs(ms) * pxPerMs + folds.filter(({ toMs }) => toMs <= ms).length * fold;
  return {
    attempts: attempts.map((attempt) => ({ attempt, x: place(attempt.startedAtMs), fate: fateOf(attempt, nowMs) })),
    waits: folds.map(({ fromMs, toMs }) => ({
      fromX: place(fromMs),
      toX: place(toMs),
      waitMs: toMs - fromMs,
      isOpen: toMs === nextAtMs,
    })),
    nextX: nextAtMs === undefined ? undefined : place(nextAtMs),
  };
}

function fateOf({ endedAtMs, succeeded }: WebhookAttempt, nowMs: number): Fate {
  if (endedAtMs === undefined || endedAtMs > nowMs) return 'flight';
  return succeeded ? 'delivered' : 'failed';
}
