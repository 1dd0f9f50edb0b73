import type { Entry } from '../../src/log/entry';
import type {
  Branch,
  InterventionRequest,
  Player,
  PlayerProblem,
  PlayerStatus,
  RunLog,
} from '../../src/player/player-face';
import { applyEntry, createSystem, type SystemState } from '../../src/projections/system';
import type { Scenario } from '../../src/scenario/scenario';

/** A player over a ready-made log: everything is computed, nothing moves by itself. Tests move the playhead. */
export class FakePlayer implements Player {
  scenario: Scenario;
  status: PlayerStatus = 'ready';
  position = 0;
  playheadMs = 0;
  computedToMs: number;
  ended: boolean;
  digest: string | undefined;
  speed: number;
  system: SystemState = createSystem();
  problem: PlayerProblem | undefined;
  /** What the screen asked for, in order: `run`, `seek 1200`, … */
  readonly calls: string[] = [];
  readonly interventions: InterventionRequest[] = [];
  readonly #past: Scenario[] = [];
  #entries: readonly Entry[];
  readonly #listeners = new Set<() => void>();

  constructor(entries: readonly Entry[] = [], scenario: Scenario = emptyScenario) {
    this.#entries = entries;
    this.scenario = scenario;
    this.speed = scenario.speed;
    this.computedToMs = entries.at(-1)?.atMs ?? 0;
    this.ended = entries.at(-1)?.type === 'run.ended';
    this.digest = this.ended ? 'fake' : undefined;
  }

  get log(): RunLog {
    const entries = this.#entries;
    return {
      length: entries.length,
      entry: (seq) => {
        const entry = entries[seq];
        if (entry === undefined) throw new Error(`no entry ${seq}`);
        return entry;
      },
      range: (fromSeq, toSeq) => entries.slice(fromSeq, toSeq),
      countAt: (atMs) => entries.findLastIndex((entry) => entry.atMs <= atMs) + 1,
    };
  }

  /** Another log in the place of this one; the playhead goes to the start. */
  load(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.computedToMs = entries.at(-1)?.atMs ?? 0;
    this.ended = entries.at(-1)?.type === 'run.ended';
    this.#show(0, 0);
  }

  /** The same log, computed further; the playhead stays. */
  grow(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.set({ computedToMs: entries.at(-1)?.atMs ?? 0 });
  }

  open(scenario: Scenario, options: { readonly autoplay: boolean }): void {
    this.calls.push(`open ${scenario.title}`);
    this.scenario = scenario;
    this.status = options.autoplay ? 'playing' : 'ready';
    this.#show(0, 0);
  }

  run(): void {
    this.calls.push('run');
    this.set({ status: 'playing' });
  }

  pause(): void {
    this.calls.push('pause');
    this.set({ status: 'ready' });
  }

  restart(): void {
    this.calls.push('restart');
    this.#show(0, 0);
  }

  runToEnd(): void {
    this.calls.push('runToEnd');
    this.#show(this.#entries.length, this.computedToMs);
  }

  stepForward(): void {
    this.calls.push('stepForward');
    this.#showPosition(this.position + 1);
  }

  stepBack(): void {
    this.calls.push('stepBack');
    this.#showPosition(this.position - 1);
  }

  seek(atMs: number): void {
    this.calls.push(`seek ${atMs}`);
    this.#show(this.log.countAt(atMs), atMs);
  }

  seekTo(position: number): void {
    this.calls.push(`seekTo ${position}`);
    this.#showPosition(position);
  }

  setSpeed(speed: number): void {
    this.calls.push(`setSpeed ${speed}`);
    this.set({ speed });
  }

  setSeed(seed: number): void {
    this.calls.push(`setSeed ${seed}`);
    this.set({ scenario: { ...this.scenario, seed } });
  }

  intervene(what: InterventionRequest): void {
    this.calls.push(`intervene ${what.type}`);
    this.interventions.push(what);
    const intervention = { ...what, atMs: this.playheadMs };
    this.set({ scenario: { ...this.scenario, interventions: [...this.scenario.interventions, intervention] } });
  }

  branches: readonly Branch[] = [{ id: 0, name: undefined, forkMs: 0, current: true }];
  canUndo = false;
  canRedo = false;

  get definition(): Scenario {
    return this.scenario;
  }

  undo(): void {
    this.calls.push('undo');
    this.scenario = this.#past.pop() ?? this.scenario;
    this.set({});
  }

  redo(): void {
    this.calls.push('redo');
  }

  define(scenario: Scenario): void {
    this.calls.push('define');
    this.set({ scenario });
  }

  switchBranch(id: number): void {
    this.calls.push(`switchBranch ${id}`);
    this.set({ branches: this.branches.map((branch) => ({ ...branch, current: branch.id === id })) });
  }

  renameBranch(id: number, name: string | undefined): void {
    this.calls.push(`renameBranch ${id} ${name}`);
    this.set({ branches: this.branches.map((branch) => (branch.id === id ? { ...branch, name } : branch)) });
  }

  removeBranch(id: number): void {
    this.calls.push(`removeBranch ${id}`);
    this.set({ branches: this.branches.filter((branch) => branch.id !== id) });
  }

  setInterventionEnabled(index: number, enabled: boolean): void {
    this.calls.push(`setInterventionEnabled ${index} ${enabled}`);
    const interventions = this.scenario.interventions.map((one, at) =>
      at === index ? { ...one, disabled: enabled ? undefined : true } : one,
    ) as Scenario['interventions'];
    this.set({ scenario: { ...this.scenario, interventions } });
  }

  removeIntervention(index: number): void {
    this.calls.push(`removeIntervention ${index}`);
    const interventions = this.scenario.interventions.filter((_, at) => at !== index);
    this.set({ scenario: { ...this.scenario, interventions } });
  }

  moveIntervention(index: number, atMs: number): void {
    this.calls.push(`moveIntervention ${index} ${atMs}`);
    const moved = this.scenario.interventions.map((one, at) => (at === index ? { ...one, atMs } : one));
    const interventions = moved.sort((one, other) => one.atMs - other.atMs);
    this.set({ scenario: { ...this.scenario, interventions } });
  }

  editFiles(sources: Readonly<Record<string, string>>): void {
    this.calls.push(`editFiles ${Object.keys(sources).join(' ')}`);
    this.#setFiles({ ...this.scenario.files, ...sources });
  }

  addFile(file: string, source: string): void {
    this.calls.push(`addFile ${file}`);
    this.#setFiles({ ...this.scenario.files, [file]: source });
  }

  renameFile(file: string, name: string): void {
    this.calls.push(`renameFile ${file} ${name}`);
    const renamed = Object.entries(this.scenario.files).map(([key, source]) => [key === file ? name : key, source]);
    this.#setFiles(Object.fromEntries(renamed) as Record<string, string>);
  }

  removeFile(file: string): void {
    this.calls.push(`removeFile ${file}`);
    this.#setFiles(Object.fromEntries(Object.entries(this.scenario.files).filter(([key]) => key !== file)));
  }

  onRefused(): () => void {
    return () => undefined;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Changes what the player says of itself, and rings. */
  set(
    changes: Partial<
      Pick<FakePlayer, 'status' | 'speed' | 'scenario' | 'problem' | 'ended' | 'computedToMs' | 'digest' | 'branches'>
    >,
  ): void {
    if (changes.scenario !== undefined) this.#past.push(this.scenario);
    Object.assign(this, changes);
    for (const listener of this.#listeners) listener();
  }

  #setFiles(files: Readonly<Record<string, string>>): void {
    this.set({ scenario: { ...this.scenario, files } });
  }

  #showPosition(position: number): void {
    const at = Math.max(0, Math.min(this.#entries.length, position));
    this.#show(at, this.#entries[at - 1]?.atMs ?? 0);
  }

  #show(position: number, playheadMs: number): void {
    // As the real one: on the way forward the system is the same, and grows.
    const from = position < this.position ? 0 : this.position;
    if (from === 0) this.system = createSystem();
    for (const entry of this.#entries.slice(from, position)) applyEntry(this.system, entry);
    this.position = position;
    this.playheadMs = playheadMs;
    this.set({});
  }
}

export const emptyScenario: Scenario = {
  title: '',
  about: '',
  durationMs: 60_000,
  seed: 1,
  speed: 1,
  startedAt: '2026-01-01T00:00:00.000Z',
  processes: [],
  network: { default: { latencyMs: 0, jitterMs: 0, loss: 0, cut: false }, links: [] },
  interventions: [],
  files: {},
  note: '',
};
