import { wholeMicroseconds } from '../../kernel/instant';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * When a message is tried: each wait begins when the attempt before it has failed, the first when the message is there. Eight attempts,
 * 27 h 35 min 5 s from the first to the last. docs.svix.com/retries, "Retry Schedule"; it gives no jitter, so there is none.
 */
export const svixScheduleMs: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  10 * hour,
];
/** An answer that comes later does not count. docs.svix.com/retries */
export const svixTimeoutMs = 15 * second;
/** An endpoint to which every attempt fails for so long is disabled. docs.svix.com/retries, "Disabling failing endpoints" */
export const svixDisableAfterMs = 5 * 24 * hour;
/** A secret that was replaced is signed with for so long beside its successor. api.svix.com, "Rotate Secret" */
export const secretOverlapMs = 24 * hour;

/**
 * How long after its failure of attempt `made` the next one comes: as the schedule says, or later when the answer asked for it; undefined
 * when that was the last.
 */
export function waitAfterMs(
  made: number,
  scheduleMs: readonly number[],
  retryAfterMs: number | undefined,
): number | undefined {
  const waitMs = scheduleMs[made];
  return waitMs === undefined ? undefined : wholeMicroseconds(Math.max(waitMs, retryAfterMs ?? 0));
}

/** What a `Retry-After` asks for, from now on: seconds, or an instant as HTTP writes it. Undefined for anything else. */
export function retryAfterMs(value: string | undefined, unixMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * second;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value.trim())) return undefined;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? undefined : Math.max(0, instant - unixMs);
}

/** Failures this far apart, within `failuresWithinMs`, start the clock after which an endpoint is disabled. */
const failuresApartMs = 12 * hour;
const failuresWithinMs = 24 * hour;

/**
 * Since when an endpoint does nothing but fail. The clock starts only after several deliveries failed within 24 hours with at least 12 between
 * the first and the last of them; any success stops it. docs.svix.com/retries, "Disabling failing endpoints"
 */
export class FailureClock {
  /** Instants of the failures of the last 24 hours: the first ones, and the latest. */
  #failures: number[] = [];
  #sinceMs: number | undefined;

  get sinceMs(): number | undefined {
    return this.#sinceMs;
  }

  succeeded(): void {
    this.#failures = [];
    this.#sinceMs = undefined;
  }

  /** Whether all attempts have now failed for `disableAfterMs`. */
  failed(nowMs: number, disableAfterMs: number): boolean {
    if (this.#sinceMs === undefined) {
      this.#failures = [...this.#failures.filter((atMs) => nowMs - atMs <= failuresWithinMs), nowMs];
      if (nowMs - (this.#failures[0] ?? nowMs) >= failuresApartMs) this.#sinceMs = nowMs;
    }
    return this.#sinceMs !== undefined && nowMs - this.#sinceMs >= disableAfterMs;
  }
}
