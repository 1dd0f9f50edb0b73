import type { Intervention } from '../log/entry';
import type { Scenario } from '../scenario/scenario';

/**
 * All that crosses the border between the page and the sandbox, in two unions. What comes from the sandbox is untrusted
 * and is validated where it arrives.
 *
 * Flow control: the sandbox may have `creditsMax` unacknowledged segments under way; the page returns one with
 * `segment.taken`. A segment is NDJSON in UTF-8, at most `segmentEntriesMax` entries and `segmentBytesMax` bytes; its bytes are handed
 * over, not copied.
 */
export type ToSandbox =
  /**
   * Starts a run, replacing any other. Entries before `fromSeq` are computed again but not sent. `announce`: say before
   * each invocation from `announceFromMs` (default 0) on what is about to run, to find the one that hangs.
   */
  | {
      readonly type: 'run.start';
      readonly run: number;
      readonly scenario: Scenario;
      readonly fromSeq: number;
      readonly announce: boolean;
      readonly announceFromMs?: number;
    }
  /** Computes on up to this instant. */
  | { readonly type: 'run.advance'; readonly run: number; readonly untilMs: number }
  /** Adds an intervention to a run whose computed time is not beyond it. */
  | { readonly type: 'run.intervene'; readonly run: number; readonly intervention: Intervention }
  | { readonly type: 'segment.taken'; readonly run: number }
  | { readonly type: 'ping'; readonly id: number };

export type FromSandbox =
  | { readonly type: 'ready' }
  | {
      readonly type: 'segment';
      readonly run: number;
      readonly firstSeq: number;
      readonly count: number;
      readonly fromMs: number;
      readonly toMs: number;
      readonly ndjson: Uint8Array<ArrayBuffer>;
    }
  /** Everything up to `atMs` is computed and sent. `digest` covers the whole log so far when the run has ended. */
  | {
      readonly type: 'run.advanced';
      readonly run: number;
      readonly atMs: number;
      readonly ended: boolean;
      readonly digest?: string;
    }
  | {
      readonly type: 'about-to-run';
      readonly run: number;
      readonly atMs: number;
      readonly process: string;
      readonly what: string;
      readonly where?: string;
    }
  /** The scenario could not be run at all: our own failure, not the user's. */
  | { readonly type: 'run.failed'; readonly run: number; readonly message: string }
  /** `atMs`: the virtual instant that the run has reached. */
  | { readonly type: 'pong'; readonly id: number; readonly atMs: number };

/** Messages of type `about-to-run` between two pongs. */
export const announcementsMax = 500_000;
export const segmentEntriesMax = 2_000;
export const segmentBytesMax = 6_000_000;
export const creditsMax = 8;
export const failureCharsMax = 10_000;
/** Names and places in an announcement; longer ones are cut. */
export const nameCharsMax = 1_000;
