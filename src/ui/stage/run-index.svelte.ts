import type { Entry } from '../../log/entry';
import { BreakerSpans, type BreakerTrack } from '../../projections/breaker-spans';
import { CallMetrics } from '../../projections/call-metrics';
import { Depths } from '../../projections/depth';
import { FaultSpans, type FaultSpan } from '../../projections/fault-spans';
import { Lanes, type Lane } from '../../projections/lanes';
import { Metrics } from '../../projections/metrics';
import type { Player } from '../../player/player-face';
import { firstDifferenceMs } from '../../scenario/first-difference';
import type { Workbench } from '../workbench.svelte';
import { StructureReader, type Structure } from './structure';

/**
 * One pass over the whole computed log for stage and timeline together: lanes, faults, breakers, depths, metrics and structure, future included.
 *
 * Invariants
 * 1. The log is read once, in slices that leave the frame free.
 * 2. When the future is dropped, the old reading stays on show until the new one has caught up with the playhead.
 */
export class RunIndex {
  readonly #workbench: Workbench;
  #building: Reading;
  /** Replaced as a whole; read together with `#version`, which makes it reactive. */
  #shown: Reading;
  #version = $state(0);
  #readings = 0;
  #users = 0;
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    this.#building = new Reading(workbench.playerNow);
    this.#shown = this.#building;
  }

  /** Grows with each slice read. */
  get version(): number {
    return this.#version;
  }

  /** The same object however it grows; see `lanesInOrder` for what may be derived from. */
  get lanes(): Lanes {
    void this.#version;
    return this.#shown.lanes;
  }

  /** As the scenario lists its processes, whenever each of them starts; replicas side by side. */
  get lanesInOrder(): readonly Lane[] {
    const services = this.#shown.services;
    const rankOf = ({ service }: Lane): number => services.get(service) ?? services.size;
    return this.lanes.lanes.toSorted((one, other) => rankOf(one) - rankOf(other));
  }

  /** A copy, so that what is derived from it notices. */
  get faultSpans(): readonly FaultSpan[] {
    void this.#version;
    return [...this.#shown.faults.spans];
  }

  get breakerTracks(): readonly BreakerTrack[] {
    void this.#version;
    return this.#shown.breakers.tracks;
  }

  get depths(): Depths {
    void this.#version;
    return this.#shown.depths;
  }

  get metrics(): Metrics {
    void this.#version;
    return this.#shown.metrics;
  }

  get callMetrics(): CallMetrics {
    void this.#version;
    return this.#shown.calls;
  }

  /** Every entry before that instant was read. */
  get readToMs(): number {
    void this.#version;
    return this.#shown.lastMs;
  }

  get structure(): Structure {
    void this.#version;
    return this.#shown.structure();
  }

  lane(process: string): Lane | undefined {
    return this.lanes.lane(process);
  }

  /** When a delivery or call under way will have ended, as far as that is computed. */
  endOf(process: string, delivery: string, nowMs: number): number | undefined {
    const bars = this.lane(process)?.barsBetween(nowMs, nowMs);
    return bars?.find((bar) => bar.delivery === delivery || bar.call === delivery)?.endMs;
  }

  /** Keeps reading while somebody looks. Returns what ends that. */
  attach(): () => void {
    this.#users++;
    if (this.#users === 1) {
      this.#stop = this.#workbench.playerNow.onChange(() => this.#pump());
      this.#pump();
    }
    return () => {
      this.#users--;
      if (this.#users > 0) return;
      this.#stop?.();
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #pump(): void {
    const player = this.#workbench.playerNow;
    if (!this.#building.continues(player)) this.#building = new Reading(player);
    const before = this.#building.read;
    this.#building.advance(player, sliceMs);
    const caughtUp = this.#building.read >= Math.min(player.log.length, player.position);
    const swaps = this.#shown !== this.#building && caughtUp;
    if (swaps) this.#shown = this.#building;
    // Counted beside it: whoever attaches in an effect must not read it, or would attach again.
    if (swaps || (this.#building.read !== before && this.#shown === this.#building)) this.#version = ++this.#readings;
    if (this.#building.read < player.log.length && this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#pump();
      }, pauseMs);
    }
  }
}

const sliceMs = 6;
const pauseMs = 10;
const chunkEntries = 250;

class Reading {
  readonly lanes = new Lanes();
  readonly faults = new FaultSpans();
  readonly breakers = new BreakerSpans();
  readonly depths = new Depths();
  readonly metrics = new Metrics();
  readonly calls = new CallMetrics();
  readonly reader: StructureReader;
  /** Places of the services in the scenario. */
  readonly services: ReadonlyMap<string, number>;
  read = 0;
  #scenario: Player['scenario'];
  #last: Entry | undefined;
  #frozen: Structure | undefined;

  constructor(player: Player) {
    this.#scenario = player.scenario;
    this.reader = new StructureReader(player.scenario.processes, player.scenario.brokers?.rabbitmq);
    this.services = new Map(player.scenario.processes.map(({ name }, place) => [name, place]));
  }

  get lastMs(): number {
    return this.#last?.atMs ?? 0;
  }

  /** A value of its own for each version, so that what is derived from it notices. */
  structure(): Structure {
    const { structure } = this.reader;
    if (this.#frozen?.version !== structure.version) this.#frozen = structuredClone(structure);
    return this.#frozen;
  }

  /** Whether the player's log still begins with what was read here. */
  continues(player: Player): boolean {
    const { scenario, log } = player;
    if (scenario !== this.#scenario && firstDifferenceMs(scenario, this.#scenario) !== Infinity) return false;
    // What is only for the reader, such as a node's place, leaves the log as it is.
    this.#scenario = scenario;
    if (log.length < this.read) return false;
    const last = this.#last;
    if (last === undefined) return true;
    const now = log.entry(last.seq);
    return now === last || JSON.stringify(now) === JSON.stringify(last);
  }

  advance(player: Player, budgetMs: number): void {
    const { log } = player;
    const until = performance.now() + budgetMs;
    while (this.read < log.length && performance.now() < until) {
      for (const entry of log.range(this.read, Math.min(log.length, this.read + chunkEntries))) {
        this.lanes.append(entry);
        this.faults.append(entry);
        this.breakers.append(entry);
        this.depths.append(entry);
        this.metrics.append(entry);
        this.calls.append(entry);
        this.reader.read(entry);
        this.#last = entry;
        this.read++;
      }
    }
  }
}

const indexes = new WeakMap<Workbench, RunIndex>();

/** The one index of a workbench, shared by its panes. */
export function runIndexOf(workbench: Workbench): RunIndex {
  let index = indexes.get(workbench);
  if (index === undefined) indexes.set(workbench, (index = new RunIndex(workbench)));
  return index;
}
