import type { Intervention } from '../log/entry';
import type { Scenario } from '../scenario/scenario';
import { checkMessage } from './check-message';
import { openFrame, type Frame } from './frame';
import { createHeartbeat, type Heartbeat } from './heartbeat';
import { announcementsMax, creditsMax, type FromSandbox } from './protocol';

/**
 * The page's side of the sandbox: one run at a time, each in a frame of its own.
 *
 * Invariants
 * 1. No run finds anything of an earlier one: neither globals nor changed prototypes. That keeps a run a pure function.
 * 2. Segments arrive in order of `firstSeq`, without a gap and without repetition, also when the frame was replaced.
 * 3. After `kill`, `unresponsive` or `failed` nothing more of that run arrives, and the next one can start.
 *
 * When a run falls silent, its frame is removed and the run begins again in another one, this time announcing what it
 * is about to call. Falling silent again, and longer, it stands convicted: the last announcement names the culprit. If it does
 * not, the first silence was the machine's and the run simply goes on. Before the first announcement no code of the user's has
 * run that could hang, so that a machine with much else to do is waited for as long as one that gets a frame ready.
 */
export interface Sandbox {
  /** Starts a run and stops the one before. Entries before `fromSeq` are computed but not sent. Returns the run's id. */
  start(options: { readonly scenario: Scenario; readonly fromSeq: number }): number;
  /** Computes on up to this instant. An `advanced` follows. */
  advance(untilMs: number): void;
  /** The run must not have been computed beyond `intervention.atMs`. */
  intervene(intervention: Intervention): void;
  /** Ends the run without a further word. */
  kill(): void;
  /** Gets a frame ready for the next run, so that it starts at once. */
  warm(): void;
  /** Ends everything. */
  close(): void;
}

export type SandboxEvent =
  | (Omit<Extract<FromSandbox, { type: 'segment' }>, 'type'> & { readonly type: 'segment' })
  /** All up to `atMs` has been computed and sent. `digest` once the run has ended. */
  | {
      readonly type: 'advanced';
      readonly run: number;
      readonly atMs: number;
      readonly ended: boolean;
      readonly digest?: string;
    }
  /** It does not answer; its frame has been removed and it is being found out what hangs. */
  | { readonly type: 'fell-silent'; readonly run: number }
  /** One call of user code never returned. Without a process when nothing of the user's had been called. */
  | {
      readonly type: 'unresponsive';
      readonly run: number;
      readonly atMs: number;
      readonly process?: string;
      readonly what?: string;
      readonly where?: string;
    }
  | { readonly type: 'failed'; readonly run: number; readonly reason: FailureReason; readonly message: string };

/**
 * `source`: the worker's script could not be loaded. `never-ready`: the frame did not start. `invalid`, `flood`: it sent what
 * it must not, or too much. `run`: the runtime could not run the scenario, which is our own failure.
 */
export type FailureReason = 'source' | 'never-ready' | 'invalid' | 'flood' | 'run';

export interface SandboxOptions {
  /** For a segment, the run may go on by one more when what this returns has settled. */
  readonly onEvent: (event: SandboxEvent) => void | Promise<void>;
  /** Default: the built worker, loaded when it is first needed. */
  readonly source?: () => Promise<string>;
  /** Default: `sandbox.html` beside the page. */
  readonly frameUrl?: string;
  /** Whether a frame is made ready for the next run as soon as one has started: 10 ms to start instead of 300. Default true. */
  readonly keepWarm?: boolean;
  /** Default 500. */
  readonly heartbeatMs?: number;
  /** Default 2 000. The second time it takes twice as long. */
  readonly silentMs?: number;
  /** Default 30 000: a slow machine may need it. */
  readonly readyMs?: number;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  return new FramedSandbox(options);
}

const silentMaxMs = 2_000;
/** So many times as long before a call is named: a busy machine may take seconds over the first one, which loads libraries. */
const convictingTimes = 2;
const readyMaxMs = 30_000;

/** The first entries of the run that has just started come before the next frame. */
const warmAfterMs = 300;

async function builtSource(): Promise<string> {
  const { default: source } = await import('virtual:simulation-source');
  return source;
}

type Announcement = Extract<FromSandbox, { type: 'about-to-run' }>;

/** One attempt at a run, in one frame. */
interface Attempt {
  readonly frame: Frame;
  readonly heartbeat: Heartbeat;
  /** The second one, which announces. */
  readonly searching: boolean;
  readyTimer: ReturnType<typeof setTimeout> | undefined;
  ready: boolean;
  segmentsUnderWay: number;
  announcements: number;
  lastAnnouncement: Announcement | undefined;
  /** For how long it has been silent without a call of user code, in silences. */
  silences: number;
}

interface CurrentRun {
  readonly run: number;
  readonly scenario: Scenario;
  readonly added: Intervention[];
  untilMs: number;
  advancedToMs: number;
  ended: boolean;
  nextSeq: number;
  /** A virtual instant that it is known to have reached. */
  reachedMs: number;
}

class FramedSandbox implements Sandbox {
  readonly #onEvent: SandboxOptions['onEvent'];
  readonly #options: SandboxOptions;
  #source: Promise<string> | undefined;
  #spare: Frame | undefined;
  #spareTimer: ReturnType<typeof setTimeout> | undefined;
  #runs = 0;
  #run: CurrentRun | undefined;
  #attempt: Attempt | undefined;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#onEvent = options.onEvent;
  }

  start({ scenario, fromSeq }: { readonly scenario: Scenario; readonly fromSeq: number }): number {
    this.kill();
    const run = ++this.#runs;
    this.#run = {
      run,
      scenario,
      added: [],
      untilMs: -1,
      advancedToMs: -1,
      ended: false,
      nextSeq: fromSeq,
      reachedMs: 0,
    };
    this.#begin(this.#run, false);
    return run;
  }

  advance(untilMs: number): void {
    const run = this.#run;
    if (!run || !this.#attempt) return;
    run.untilMs = Math.max(run.untilMs, untilMs);
    this.#attempt.frame.post({ type: 'run.advance', run: run.run, untilMs: run.untilMs });
    this.#watch(run, this.#attempt);
  }

  intervene(intervention: Intervention): void {
    if (!this.#run || !this.#attempt) return;
    this.#run.added.push(intervention);
    this.#attempt.frame.post({ type: 'run.intervene', run: this.#run.run, intervention });
  }

  kill(): void {
    this.#endAttempt();
    this.#run = undefined;
  }

  warm(): void {
    this.#spare ??= this.#openFrame();
  }

  close(): void {
    this.kill();
    this.#closeSpare();
  }

  #closeSpare(): void {
    clearTimeout(this.#spareTimer);
    this.#spare?.close();
    this.#spare = undefined;
  }

  #begin(run: CurrentRun, searching: boolean): void {
    const frame = this.#spare ?? this.#openFrame();
    this.#spare = undefined;
    const attempt: Attempt = {
      frame,
      searching,
      heartbeat: createHeartbeat({
        intervalMs: this.#options.heartbeatMs ?? 500,
        silentMs: this.#silentMs * (searching ? convictingTimes : 1),
        ping: (id) => frame.post({ type: 'ping', id }),
        onSilent: () => this.#onSilent(run, attempt),
      }),
      readyTimer: undefined,
      ready: false,
      segmentsUnderWay: 0,
      announcements: 0,
      lastAnnouncement: undefined,
      silences: 0,
    };
    this.#attempt = attempt;
    frame.listen((data) => this.#onMessage(run, attempt, data));
    this.#awaitReady(run, attempt);
    frame.post({
      type: 'run.start',
      run: run.run,
      scenario: { ...run.scenario, interventions: inOrder(run) },
      fromSeq: run.nextSeq,
      announce: searching,
      announceFromMs: run.reachedMs,
    });
    if (run.untilMs >= 0) frame.post({ type: 'run.advance', run: run.run, untilMs: run.untilMs });
  }

  #openFrame(): Frame {
    const url = this.#options.frameUrl ?? new URL(`${import.meta.env.BASE_URL}sandbox.html`, document.baseURI).href;
    return openFrame({ url, source: this.#loadSource() });
  }

  #loadSource(): Promise<string> {
    if (this.#source) return this.#source;
    const source = (this.#options.source ?? builtSource)();
    // What failed is tried again for the next frame.
    source.catch(() => (this.#source = undefined));
    return (this.#source = source);
  }

  /** The time to get ready counts from when the script is there: a slow network is no fault of the frame. */
  #awaitReady(run: CurrentRun, attempt: Attempt): void {
    this.#loadSource().then(
      () => {
        if (attempt.ready || this.#attempt !== attempt) return;
        const message = 'The sandbox did not start.';
        attempt.readyTimer = setTimeout(
          () => this.#fail(run, 'never-ready', message),
          this.#options.readyMs ?? readyMaxMs,
        );
      },
      (error: unknown) => {
        if (this.#attempt === attempt)
          this.#fail(run, 'source', `The simulation could not be loaded: ${String(error)}`);
      },
    );
  }

  #watch(run: CurrentRun, attempt: Attempt): void {
    const busy = attempt.ready && !run.ended && run.advancedToMs < run.untilMs;
    if (busy) attempt.heartbeat.start();
    else attempt.heartbeat.stop();
  }

  #onMessage(run: CurrentRun, attempt: Attempt, data: unknown): void {
    if (this.#attempt !== attempt) return;
    const message = checkMessage(data);
    if (message.type === 'problem') return this.#fail(run, 'invalid', message.message);
    if ('run' in message && message.run !== run.run)
      return this.#fail(run, 'invalid', 'The sandbox spoke of another run.');
    switch (message.type) {
      case 'ready':
        return this.#onReady(run, attempt);
      case 'pong':
        if (!attempt.heartbeat.pong(message.id))
          return this.#fail(run, 'invalid', 'The sandbox answered what was not asked.');
        attempt.announcements = 0;
        run.reachedMs = Math.max(run.reachedMs, message.atMs);
        return;
      case 'segment':
        return this.#onSegment(run, attempt, message);
      case 'run.advanced':
        return this.#onAdvanced(run, attempt, message);
      case 'about-to-run':
        attempt.lastAnnouncement = message;
        attempt.announcements += 1;
        if (!attempt.searching) return this.#fail(run, 'invalid', 'The sandbox announced what was not asked for.');
        if (attempt.announcements > announcementsMax)
          return this.#fail(run, 'flood', 'The sandbox announced too much.');
        return;
      case 'run.failed':
        return this.#fail(run, 'run', message.message);
    }
  }

  #onReady(run: CurrentRun, attempt: Attempt): void {
    if (attempt.ready) return this.#fail(run, 'invalid', 'The sandbox started twice.');
    attempt.ready = true;
    clearTimeout(attempt.readyTimer);
    this.#watch(run, attempt);
    if (this.#options.keepWarm ?? true) {
      clearTimeout(this.#spareTimer);
      this.#spareTimer = setTimeout(() => this.warm(), warmAfterMs);
    }
  }

  #onSegment(run: CurrentRun, attempt: Attempt, segment: Extract<FromSandbox, { type: 'segment' }>): void {
    if (attempt.segmentsUnderWay === creditsMax) return this.#fail(run, 'flood', 'The sandbox sent more than it may.');
    if (segment.firstSeq !== run.nextSeq) return this.#fail(run, 'invalid', 'The sandbox left out a part of the log.');
    attempt.segmentsUnderWay += 1;
    run.nextSeq += segment.count;
    run.reachedMs = Math.max(run.reachedMs, segment.toMs);
    void Promise.resolve(this.#onEvent(segment)).then(() => {
      attempt.segmentsUnderWay -= 1;
      if (this.#attempt === attempt) attempt.frame.post({ type: 'segment.taken', run: run.run });
    });
  }

  #onAdvanced(run: CurrentRun, attempt: Attempt, message: Extract<FromSandbox, { type: 'run.advanced' }>): void {
    run.advancedToMs = Math.max(run.advancedToMs, message.atMs);
    run.ended ||= message.ended;
    this.#watch(run, attempt);
    void this.#onEvent({ ...message, type: 'advanced' });
  }

  #onSilent(run: CurrentRun, attempt: Attempt): void {
    if (attempt.searching && attempt.lastAnnouncement === undefined && ++attempt.silences < this.#silencesMax) {
      attempt.heartbeat.start();
      return;
    }
    this.#endAttempt();
    // It may share a process with the one that hangs.
    this.#closeSpare();
    if (!attempt.searching) {
      this.#begin(run, true);
      void this.#onEvent({ type: 'fell-silent', run: run.run });
      return;
    }
    this.#run = undefined;
    const { atMs = run.reachedMs, process, what, where } = attempt.lastAnnouncement ?? {};
    void this.#onEvent({ type: 'unresponsive', run: run.run, atMs, process, what, where });
  }

  get #silentMs(): number {
    return this.#options.silentMs ?? silentMaxMs;
  }

  /** Of the attempt that searches. */
  get #silencesMax(): number {
    return Math.ceil((this.#options.readyMs ?? readyMaxMs) / (this.#silentMs * convictingTimes));
  }

  #fail(run: CurrentRun, reason: FailureReason, message: string): void {
    this.kill();
    void this.#onEvent({ type: 'failed', run: run.run, reason, message });
  }

  #endAttempt(): void {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    if (!attempt) return;
    clearTimeout(attempt.readyTimer);
    attempt.heartbeat.stop();
    attempt.frame.close();
  }
}

/** All interventions, ordered by instant; those made during the run come after those of the scenario. */
function inOrder({ scenario, added }: CurrentRun): readonly Intervention[] {
  return [...scenario.interventions, ...added].sort((one, other) => one.atMs - other.atMs);
}
