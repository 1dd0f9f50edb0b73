import type { Fact, Failure } from './entry-fact';

// What becomes of files and of the processes that run them, and what those print and show.

export interface FileRejected extends Fact {
  readonly type: 'file.rejected';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Whether an earlier version of the file goes on running. */
  readonly keptPrevious: boolean;
}

export interface FileEdited extends Fact {
  readonly type: 'file.edited';
  readonly file: string;
}

export interface ProcessStarted extends Fact {
  readonly type: 'process.started';
  /** `worker`, or `worker#2` for a replica. */
  readonly process: string;
  /** The service: the process's name in the scenario, without `#n`. */
  readonly service: string;
  readonly file: string;
  readonly args: readonly string[];
  /** 1 for the first life, 2 after the first restart, … */
  readonly life: number;
}

/** The process went on with a new version of its file: old listeners are gone, what was under way ends with the old code. */
export interface ProcessReloaded extends Fact {
  readonly type: 'process.reloaded';
  readonly process: string;
  readonly file: string;
  readonly life: number;
}

export interface ProcessExited extends Fact {
  readonly type: 'process.exited';
  readonly process: string;
  /** Exit code; `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal?: 'SIGTERM';
  /** Present when an error that nobody caught ended it. */
  readonly failure?: Failure;
}

export interface ProcessCrashed extends Fact {
  readonly type: 'process.crashed';
  readonly process: string;
  /** Deliveries and HTTP requests that were under way in it and are over. */
  readonly interrupted: number;
}

export interface ConsolePrinted extends Fact {
  readonly type: 'console.printed';
  readonly process: string;
  readonly stream: 'stdout' | 'stderr';
  /** What the call added to the stream, its line break included when there is one. */
  readonly text: string;
}

/** A value that the process chose to show, by `show(name, value)`; it stands until another one of that name, or a new life. */
export interface ProcessShowed extends Fact {
  readonly type: 'process.showed';
  readonly process: string;
  readonly name: string;
  /** As `util.inspect` prints it, at most `shownCharsMax` characters. Never twice the same in a row. */
  readonly value: string;
}
