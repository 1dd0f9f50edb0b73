import type { Definitions } from '../brokers/rabbitmq/definitions';
import type { Version } from '../brokers/rabbitmq/version';
import type { Fault, Intervention, LinkSettings } from '../log/entry';

/**
 * The shareable document. A folder is `scenario.json` plus its files; an exported scenario and a link hold the same
 * thing in one value, with the files inside it.
 */
export interface Scenario {
  readonly title: string;
  /** One or two sentences: what runs and what to watch. Default ''. */
  readonly about: string;
  /** Virtual milliseconds after which the run ends. Default 60 000. */
  readonly durationMs: number;
  /** Default 1. A whole number from 0 to 4 294 967 295. */
  readonly seed: number;
  /** Playing speed on opening: virtual seconds per real second. Default 1. */
  readonly speed: number;
  /** What `Date.now()` says at 0 ms. Default `2026-01-01T00:00:00.000Z`. */
  readonly startedAt: string;
  /** In order of starting at the same instant. */
  readonly processes: readonly ProcessSpec[];
  /** Links that differ from the default; a process without `#n` means all its replicas. */
  readonly network: NetworkSpec;
  /** Ordered by `atMs`; equal instants keep their order. */
  readonly interventions: readonly PlannedIntervention[];
  /** What goes wrong by itself. Default: nothing. */
  readonly faults?: readonly FaultSpec[];
  /** Source text by file name, in tab order. Names are relative, with `/` between folders. */
  readonly files: Readonly<Record<string, string>>;
  /** A note of the sender, shown as theirs. Default ''. */
  readonly note: string;
  /** Servers that are not as usual, by name. They are there from the beginning of the run, others from the first connection on. */
  readonly brokers?: BrokersSpec;
  /** What is set side by side, for the view of that name. It says how the run is looked at, and changes nothing in it. */
  readonly comparison?: ComparisonSpec;
  /** Where the reader put things on the stage. What is not named stands where the automatic layout puts it. */
  readonly layout?: Layout;
}

/** Places of the stage's nodes by id, `service:email` or `broker:orders`: the top left corner, in whole pixels. */
export type Layout = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

/** One that is `disabled` keeps its place in the scenario and does not happen. */
export type PlannedIntervention = Intervention & { readonly disabled?: true };

/** A fault from `fromMs` (default 0) to `untilMs` (default: the end). One that is `disabled` keeps its place and does not happen. */
export type FaultSpec = Fault & {
  readonly fromMs?: number;
  readonly untilMs?: number;
  readonly disabled?: true;
};

export interface ProcessSpec {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly startAtMs: number;
  /** 1 to 64. More than one are named `name#1` … `name#n`. */
  readonly replicas: number;
}

export interface BrokersSpec {
  readonly rabbitmq?: RabbitMqSpec;
  readonly webhooks?: WebhooksSpec;
}

/** The sender of webhooks. What is absent is as Svix documents it; see `brokers/webhooks/schedule.ts`. */
export interface WebhooksSpec {
  /** Waits before each attempt, in milliseconds, the first from the message on, each other from the failure before it. */
  readonly retryScheduleMs?: readonly number[];
  /** How long an attempt waits for its answer. Default 15 000. */
  readonly timeoutMs?: number;
  /** An endpoint to which all attempts fail for so long is disabled. Default five days. */
  readonly disableAfterMs?: number;
  /** Hosts, or ranges such as `10.1.0.0/16`, that may be called though the address policy would refuse them. Default none. */
  readonly allowedAddresses?: readonly string[];
}

export interface RabbitMqSpec {
  /** Whose semantics it has. Default `3.10`, whose behaviour was recorded; see `brokers/rabbitmq/version.ts`. */
  readonly version?: Version;
  /** What it starts with, in the format of `definitions.json`. */
  readonly definitions?: Definitions;
}

export interface NetworkSpec {
  readonly default: LinkSettings;
  readonly links: readonly ({ readonly from: string; readonly to: string } & Partial<LinkSettings>)[];
}

/**
 * The same flow built twice, side by side in one run: one seed, one playhead, one log. Both sides are groups of the scenario's own
 * processes, and one service sends every order to both, so that what they are given is the same.
 *
 * What is compared are flows. A flow begins with an HTTP request from the client to a side's entry; all that this request causes
 * belongs to it. The first request to either entry makes the first pair, and so on.
 */
export interface ComparisonSpec {
  /** The service that sends the requests. More replicas of it are more load, on both sides at once. */
  readonly client: string;
  readonly sides: readonly [ComparedSide, ComparedSide];
  /** Figures of the scenario's own, after those that every comparison has. Default none. */
  readonly figures?: readonly ComparisonFigure[];
}

/** Words of a scenario that readers see: the same for all, or in each language of the page. */
export type ScenarioWords = string | Readonly<Record<'en' | 'uk', string>>;

export interface ComparedSide {
  /** As the reader calls it. Default: what it turns out to do, calls or events, in the reader's language. */
  readonly name?: ScenarioWords;
  /** The service that takes the client's requests. */
  readonly entry: string;
  /**
   * Services by the part they play: `{ "email": "rest-email", … }`, in the order in which they are shown. The same part on both sides is what
   * is slowed or crashed together. May be empty, when the entry does it all.
   */
  readonly parts: Readonly<Record<string, string>>;
}

/** A number that processes of both sides show by `show(name, value)`: what they have shown last, summed up over a side. */
export interface ComparisonFigure {
  readonly show: string;
  /** As readers call it. Default: as it is shown. */
  readonly name?: ScenarioWords;
  readonly better: 'less' | 'more';
}
