import type { Component } from 'svelte';
import type { Fault } from '../log/fault';
import type { ComparedReplay } from '../projections/compare-replays';
import type { RunComparison } from '../projections/compare-runs';
import type { DefinitionDifference } from '../scenario/definition-differences';
import type { GalleryEntry } from '../scenario/gallery/gallery';
import type { Problem } from '../scenario/problem';
import type { Scenario } from '../scenario/scenario';
import type { JsonExpectation } from './dialogs/json-problem';
import type { Workbench } from './workbench.svelte';

/**
 * What the shell asks of the rest of the program: the gallery, links, files, kept runs. `main.ts` hands them down.
 * A service that is not there leaves its controls out or disabled; everything else works.
 */
export interface Services {
  readonly gallery: readonly GalleryEntry[];
  readonly own?: OwnScenarios | undefined;
  readonly runs?: RunLibrary | undefined;
  readonly progress?: ProgressBook | undefined;
  /** From the gallery to what is open. */
  leaveGallery?: (() => void) | undefined;
  /** The link to what is open now, with the sender's note in it. */
  shareLink?: ((note: string) => Promise<SharedLink | UnsharedLink>) | undefined;
  exportScenario?: (() => ExportedFile | Promise<ExportedFile>) | undefined;
  exportLog?: (() => ExportedFile | Promise<ExportedFile>) | undefined;
  /** The RabbitMQ at the playhead, as RabbitMQ itself would import it. */
  exportDefinitions?: (() => ExportedFile | Promise<ExportedFile>) | undefined;
  importFile?: ((file: File) => Promise<ImportOutcome>) | undefined;
  /** Opens a pasted link. A bad one comes back as its problem, and nothing is opened. */
  openLink?: ((url: string) => Promise<LinkProblem | undefined>) | undefined;
}

export interface OwnScenario {
  readonly id: string;
  readonly title: string;
  readonly changedAtEpochMs: number;
}

/** Those that the reader keeps in the browser. The one that is open saves its changes itself. Calls reject with a sentence. */
export interface OwnScenarios {
  /** The one changed last first. */
  list(): Promise<readonly OwnScenario[]>;
  load(id: string): Promise<Scenario>;
  /** A small one that runs as it stands. A title that is taken gets a number. The answer is its id, here and below. */
  create(title: string): Promise<string>;
  /** Keeps what is open now, under another title when there is one, and it is what is open from then on. */
  keep(title?: string): Promise<string>;
  rename(id: string, title: string): Promise<void>;
  duplicate(id: string, title: string): Promise<string>;
  /** The answer takes it back. */
  remove(one: OwnScenario): Promise<() => Promise<void>>;
  /** Called when the list changed, in this tab or another. Returns what ends the subscription. */
  onChange(listener: () => void): () => void;
}

/** How far the reader came in a scenario. */
export interface Progress {
  /** Of the run, 0 to 1: the furthest instant that was on show. */
  readonly share: number;
  /** The run was seen to its end. */
  readonly finished: boolean;
}

/** Where the reader left off. */
export interface LeftOff {
  readonly id: string;
  readonly title: Readonly<Record<'en' | 'uk', string>>;
  readonly atMs: number;
  readonly share: number;
}

export interface ProgressBook {
  of(id: string): Progress | undefined;
  /** The scenario that was begun last and not seen to its end. */
  leftOff(): LeftOff | undefined;
  goOn(where: LeftOff): Promise<void>;
}

export interface RunSummary {
  readonly id: string;
  readonly name: string;
  readonly startedAtEpochMs: number;
  /** Virtual length. */
  readonly lengthMs: number;
  readonly entries: number;
  readonly bytes: number;
  readonly seed: number;
  /** Computed to its end. One that is not holds what was recorded until it was left. */
  readonly ended: boolean;
  readonly pinned: boolean;
  /** The run on show. */
  readonly current: boolean;
}

export interface StorageUsage {
  readonly usedBytes: number;
  readonly limitBytes: number;
  /** Recording has stopped; the instant up to which the run is kept. */
  readonly stoppedAtMs?: number | undefined;
}

export interface RunLibrary {
  /** The newest first. */
  list(): Promise<readonly RunSummary[]>;
  usage(): Promise<StorageUsage>;
  open(id: string): Promise<void>;
  /** Opens it where the entry has just happened. */
  openAt(id: string, seq: number): Promise<void>;
  /** Where two runs first differ, and in what their definitions do. */
  compare(a: string, b: string, how: CompareOptions): Promise<ComparedRuns>;
  /** What the replays of both came to. None of a run without any. */
  compareReplays(a: string, b: string, signal: AbortSignal): Promise<readonly ComparedReplay[]>;
  rename(id: string, name: string): Promise<void>;
  setPinned(id: string, pinned: boolean): Promise<void>;
  /** The answer takes it back, for a while. */
  remove(id: string): Promise<() => Promise<void>>;
  /** Storage is full, and no more of the run on show is recorded. */
  readonly isStopped: boolean;
  /** Called when runs or usage changed. Returns what ends the subscription. */
  onChange(listener: () => void): () => void;
}

export interface CompareOptions {
  readonly signal: AbortSignal;
  /** Entries on which they agree so far. */
  readonly onProgress: (entries: number) => void;
}

export interface ComparedRuns {
  readonly a: RunSummary;
  readonly b: RunSummary;
  readonly log: RunComparison;
  readonly definitions: readonly DefinitionDifference[];
}

export interface SharedLink {
  readonly type: 'link';
  readonly url: string;
  /** Characters. */
  readonly length: number;
}

/** Why no link can be made of what is open. */
export type UnsharedLink =
  | { readonly type: 'too-large'; readonly maxBytes: number }
  /** Whoever opened it would be refused. */
  | { readonly type: 'invalid'; readonly problems: readonly Problem[] };

export interface ExportedFile {
  readonly name: string;
  readonly content: Blob;
}

export type ImportProblem =
  /** Of a log; lines count from 1. */
  | { readonly type: 'line'; readonly line: number; readonly fault: Fault }
  /** Neither a log nor anything else: where the text stops being JSON; line and column count from 1. */
  | { readonly type: 'not-json'; readonly line: number; readonly column: number; readonly expected: JsonExpectation }
  /** No scenario, and nothing in it is an entry of a log. */
  | { readonly type: 'neither' }
  /** The first entry that could be read is not the one with which a run begins. */
  | { readonly type: 'no-beginning'; readonly line: number }
  /** So many entries refer to entries that could not be read. */
  | { readonly type: 'causes-missing'; readonly count: number }
  | { readonly type: 'scenario'; readonly problem: Problem }
  | { readonly type: 'too-new'; readonly version: number }
  /** The browser could not read the file. */
  | { readonly type: 'unreadable'; readonly message: string };

export type ImportOutcome =
  | { readonly type: 'scenario'; readonly title: string; readonly problems: readonly ImportProblem[] }
  | { readonly type: 'log'; readonly entries: number; readonly problems: readonly ImportProblem[] }
  | { readonly type: 'refused'; readonly problems: readonly ImportProblem[] };

export type LinkProblem =
  | { readonly type: 'cut-short'; readonly expected?: number | undefined; readonly length: number }
  | { readonly type: 'broken' }
  /** What reads links did not come over the network; the link itself may be as good as any. */
  | { readonly type: 'not-arrived'; readonly link: string }
  /** Neither a link nor the name of a scenario. */
  | { readonly type: 'unknown-name'; readonly name: string }
  /** It is whole, and the scenario in it cannot be opened. */
  | { readonly type: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly type: 'too-new'; readonly version: number }
  | { readonly type: 'too-big'; readonly maxBytes: number };

/** A scenario of somebody else's that has not run yet. */
export interface Stranger {
  readonly version: number;
  /** Characters of the link. */
  readonly length: number;
}

export type PaneComponent = Component<{ workbench: Workbench }>;
type PaneLoader = () => Promise<{ readonly default: PaneComponent }>;

/** Panes arrive as chunks of their own; the shell is usable before them. */
export interface PaneLoaders {
  readonly editor: PaneLoader;
  readonly stage: PaneLoader;
  readonly timeline: PaneLoader;
  readonly log: PaneLoader;
  readonly inspector: PaneLoader;
}
