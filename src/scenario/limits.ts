import type { LinkSettings } from '../log/entry';
import type { Scenario } from './scenario';

/** What a scenario may hold at most. A scenario beyond a limit is not opened, and the problem names limit and unit. */
export const limits = {
  filesMax: 64,
  /** UTF-8, as all sizes here. */
  fileBytesMax: 1_000_000,
  /** All files and all edits of files together. */
  sourceBytesMax: 3_000_000,
  processesMax: 64,
  replicasMax: 64,
  workersMax: 1_000,
  argsMax: 64,
  envMax: 64,
  linksMax: 1_000,
  interventionsMax: 10_000,
  faultsMax: 1_000,
  /** A hundred days: clocks that are wrong, and factors that slow. */
  skewMsMax: 8_640_000_000,
  slowFactorMax: 10_000,
  layoutMax: 1_000,
  /** Of one redrive: messages that are named. */
  redrivenMax: 1_000,
  /** Of one side of a comparison. */
  partsMax: 24,
  /** Of what a broker starts with: queues, exchanges, bindings, policies, of each. */
  definitionsMax: 20_000,
  /** Names and keys of AMQP. */
  amqpNameCharsMax: 255,
  /** Of a schedule of webhooks. Hookdeck's limit, hookdeck.com/docs/retries */
  attemptsMax: 50,
  /** How far from the middle of the stage a node may be put. */
  placePxMax: 100_000,
  /** Thirty days of virtual time: the longest retry schedules span one or two. */
  durationMsMax: 2_592_000_000,
  latencyMsMax: 3_600_000,
  seedMax: 4_294_967_295,
  speedMin: 0.05,
  speedMax: 100_000,
  /** Node takes no more in the head of a request. */
  urlCharsMax: 16_000,
  headersMax: 200,
  nameCharsMax: 200,
  fileNameCharsMax: 100,
  titleCharsMax: 200,
  /** Descriptions, notes, arguments, values of variables. */
  textCharsMax: 10_000,
} as const;

export function clampSpeed(speed: number): number {
  return Math.min(limits.speedMax, Math.max(limits.speedMin, speed));
}

/** What a scenario has where it says nothing. */
export const scenarioDefaults = {
  about: '',
  durationMs: 60_000,
  seed: 1,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  note: '',
} as const satisfies Partial<Scenario>;

export const linkDefaults: LinkSettings = { latencyMs: 0, jitterMs: 0, loss: 0, cut: false };

export const emptyScenario: Scenario = {
  title: '',
  ...scenarioDefaults,
  processes: [],
  network: { default: linkDefaults, links: [] },
  interventions: [],
  files: {},
};
