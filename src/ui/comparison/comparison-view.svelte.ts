import type { Entry } from '../../log/entry';
import type { CreateSandbox } from '../../player/computed-run';
import type { InterventionRequest } from '../../player/player-face';
import {
  shownNumbers,
  sideFigures,
  tellFlow,
  type FigureWindow,
  type SideFigures,
  type ToldFlow,
} from '../../projections/compare-sides';
import { Flows } from '../../projections/flows';
import type { QueueState } from '../../projections/system';
import { linesOfServices } from '../../scenario/code-lines';
import { limits } from '../../scenario/limits';
import type { ComparedSide, ComparisonSpec, Scenario } from '../../scenario/scenario';
import { enComparison } from '../text/en-comparison';
import { ukComparison } from '../text/uk-comparison';
import type { Workbench } from '../workbench.svelte';
import {
  figureRows,
  figureSpreads,
  inLanguage,
  type ComparisonText,
  type FigureRow,
  type FigureSpread,
  type MeasuredSide,
} from './figures';
import { furtherMsMax, MoreRuns, type MeasuredRun } from './more-runs.svelte';
import { servicesOf } from './variants';

/** What `Slow` adds to every way to a service, one way. */
export const slowerByMs = 500;
const chunkEntries = 2_000;

export type SideNumber = 0 | 1;

/** A stretch of the run between two interventions. */
export interface Stretch {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the comparison shows at the playhead, and how the reader looks at it. Everything is asked of the log anew. */
export class ComparisonView {
  readonly workbench: Workbench;
  readonly spec: ComparisonSpec;
  readonly more: MoreRuns;
  /** Whether the code of both sides is on show instead. */
  isDiff = $state(false);
  /** The number of the pair of flows on show; undefined: the latest. */
  chosen: number | undefined = $state();
  part = $state('');
  stretchId = $state('all');
  #flows: Flows;
  #last: Entry | undefined;
  #counted: { readonly definition: Scenario; readonly lines: readonly [number, number] } | undefined;

  constructor(workbench: Workbench, spec: ComparisonSpec, createSandbox: CreateSandbox) {
    this.workbench = workbench;
    this.spec = spec;
    this.more = new MoreRuns(spec, createSandbox);
    this.#flows = new Flows(spec);
    this.part = this.parts[0] ?? '';
  }

  get t(): ComparisonText {
    return this.workbench.language === 'uk' ? ukComparison : enComparison;
  }

  /** All parts of both sides, in order. */
  get parts(): readonly string[] {
    return [...new Set(this.spec.sides.flatMap(({ parts }) => Object.keys(parts)))];
  }

  /** The folds, up to the playhead. Only what is asked at the position counts, so that they may know more. */
  get flows(): Flows {
    const { player } = this.#now;
    const { log } = player;
    const known = this.#flows.length;
    const isSame = known <= log.length && (known === 0 || isEqual(log.entry(known - 1), this.#last));
    if (!isSame) this.#flows = new Flows(this.spec);
    for (let from = this.#flows.length; from < player.position; from = this.#flows.length) {
      for (const entry of log.range(from, Math.min(from + chunkEntries, player.position))) {
        this.#flows.append(entry);
        this.#last = entry;
      }
    }
    return this.#flows;
  }

  /** How many pairs have begun on both sides. */
  get pairs(): number {
    const { position } = this.#now;
    const begun = this.flows.flows.map((side) => side.findLastIndex(({ seq }) => seq < position) + 1);
    return Math.min(...begun);
  }

  /** The number of the pair on show, from 0; -1 before the first. */
  get pair(): number {
    return Math.min(this.chosen ?? Infinity, this.pairs - 1);
  }

  flowOf(side: SideNumber): ToldFlow | undefined {
    const flow = this.flows.flows[side][this.pair];
    return flow && tellFlow(flow, Object.values(this.spec.sides[side].parts), this.#now.position);
  }

  figuresOf(side: SideNumber): SideFigures {
    return sideFigures(this.flows, this.spec, side, { ...this.#now, ...this.stretch });
  }

  /** What the whole run so far has shown of it. */
  whole(side: SideNumber): SideFigures {
    return sideFigures(this.flows, this.spec, side, this.#now);
  }

  get rows(): readonly FigureRow[] {
    const { player } = this.#now;
    const { slower, fewWorkers, moreWorkers } = this.more.changed;
    const measured = (side: SideNumber): MeasuredSide => {
      const figuresOf = (run: MeasuredRun | 'failed' | undefined) =>
        typeof run === 'object' ? run.figuresOf(side) : run;
      return {
        ...this.#code(side, this.whole(side)),
        figures: this.figuresOf(side),
        own: shownNumbers(player.system, this.servicesOf(side)),
        slower: figuresOf(slower),
        fewWorkers: figuresOf(fewWorkers),
        moreWorkers: figuresOf(moreWorkers),
      };
    };
    const { format } = this.workbench;
    return figureRows([measured(0), measured(1)], this.spec.figures ?? [], this.t, format, this.furtherMs);
  }

  /** Where further runs are cut off; undefined: they are computed to their end. */
  get furtherMs(): number | undefined {
    return this.#now.player.definition.durationMs > furtherMsMax ? furtherMsMax : undefined;
  }

  /** By the name of a row, what it came to with other seeds. */
  get spreads(): ReadonlyMap<string, FigureSpread> {
    const { seeds } = this.more;
    if (seeds.length === 0) return new Map();
    const measured = (run: MeasuredRun, side: SideNumber): MeasuredSide => {
      const figures = run.figuresOf(side, this.stretch);
      return { ...this.#code(side, figures), figures, own: run.ownOf(side) };
    };
    const runs = seeds.map((run) => [measured(run, 0), measured(run, 1)] as const);
    return figureSpreads(runs, this.spec.figures ?? [], this.t, this.workbench.format);
  }

  get stretch(): Stretch | undefined {
    return this.stretchId === 'all' ? undefined : this.stretches.find(({ id }) => id === this.stretchId);
  }

  /** As the scenario calls it, or by what it has turned out to do; before it does anything, by who takes its requests. */
  nameOf(side: SideNumber): string {
    const { name, entry } = this.spec.sides[side];
    if (name !== undefined) return inLanguage(name, this.workbench.language);
    const { knownServices, knownBrokers, callsAtOnce } = this.whole(side);
    if (knownServices === 0 && knownBrokers === 0) return entry;
    if (knownBrokers === 0) return callsAtOnce > 1 ? this.t.callsAtOnce : this.t.calls;
    return knownServices === 0 ? this.t.events : this.t.both;
  }

  /** The whole run, and what lies between the interventions so far. */
  get stretches(): readonly Stretch[] {
    const { playheadMs, player } = this.#now;
    const made = player.scenario.interventions.filter(
      ({ atMs, disabled }) => !disabled && atMs > 0 && atMs <= playheadMs,
    );
    const cutsMs = [...new Set(made.map(({ atMs }) => atMs))];
    if (cutsMs.length === 0) return [];
    return [0, ...cutsMs].map((fromMs, at) => ({ id: String(fromMs), fromMs, toMs: cutsMs[at] ?? Infinity }));
  }

  /** The exchange or broker in the middle of a side; undefined where nothing is published. */
  hubOf(side: SideNumber): string | undefined {
    const { position } = this.#now;
    const knows = [...this.flows.facts[side].knows.values()];
    return knows.find(({ kind, seq }) => kind === 'broker' && seq < position)?.to;
  }

  servicesOf(side: SideNumber): readonly string[] {
    return servicesOf(this.spec.sides[side]);
  }

  /** What the code says of a side. Who knows neither a service nor a broker calls functions of his own. */
  #code(side: SideNumber, figures: SideFigures): Pick<MeasuredSide, 'lines' | 'filesForOneMore'> {
    const { definition } = this.workbench.playerNow;
    const knowsNobody = figures.knownServices + figures.knownBrokers === 0;
    const callers = knowsNobody ? [this.spec.sides[side].entry] : figures.callers;
    const calling = definition.processes.filter(({ name }) => callers.includes(name)).map(({ file }) => file);
    return { lines: this.#linesOf(definition)[side], filesForOneMore: 1 + new Set(calling).size };
  }

  /** Counted once for each definition. */
  #linesOf(definition: Scenario): readonly [number, number] {
    if (this.#counted?.definition !== definition) {
      const count = (side: SideNumber): number => linesOfServices(definition, this.servicesOf(side));
      this.#counted = { definition, lines: [count(0), count(1)] };
    }
    return this.#counted.lines;
  }

  isDown(service: string): boolean {
    const processes = [...this.#now.player.system.processes.values()].filter((each) => each.service === service);
    return processes.length > 0 && processes.every(({ state }) => state !== 'running');
  }

  isSlow(service: string): boolean {
    const { links } = this.#now.player.system;
    return this.#waysTo(service).some((from) => {
      const usualMs = this.#usualMs(from, service);
      return (links.get(`${from} → ${service}`)?.link.latencyMs ?? usualMs) >= usualMs + slowerByMs;
    });
  }

  /** Where messages wait for a service. */
  queuesOf(service: string): readonly QueueState[] {
    const { brokers, processes } = this.#now.player.system;
    return [...brokers.values()].flatMap(({ subscriptions, queues }) => {
      const heard = [...subscriptions.values()].filter(({ process }) => processes.get(process)?.service === service);
      return [...new Set(heard.flatMap(({ queue }) => queue ?? []))].flatMap((queue) => queues.get(queue) ?? []);
    });
  }

  queuedFor(service: string): number {
    return this.queuesOf(service).reduce((sum, { ready }) => sum + ready.length, 0);
  }

  /** The replicas of the client that run, and how many there are in the scenario. */
  get load(): { readonly now: number; readonly usual: number } {
    const { system, scenario } = this.#now.player;
    const running = [...system.processes.values()].filter(
      ({ service, state }) => service === this.spec.client && state === 'running',
    );
    const usual = scenario.processes.find(({ name }) => name === this.spec.client)?.replicas ?? 1;
    return { now: running.length, usual };
  }

  /** The services that play the part, on both sides. */
  servicesPlaying(part: string): readonly string[] {
    return this.spec.sides.flatMap(({ parts }: ComparedSide) => parts[part] ?? []);
  }

  slow(part: string): void {
    const isSlow = this.servicesPlaying(part).some((service) => this.isSlow(service));
    this.#intervene(
      this.servicesPlaying(part).flatMap((to) =>
        this.#waysTo(to).map((from) => {
          const latencyMs = this.#usualMs(from, to) + (isSlow ? 0 : slowerByMs);
          return { type: 'link.change' as const, from, to, link: { latencyMs } };
        }),
      ),
    );
  }

  crash(part: string): void {
    const { system } = this.workbench.playerNow;
    const services = this.servicesPlaying(part);
    const isDown = services.some((service) => this.isDown(service));
    const type = isDown ? 'process.restart' : 'process.crash';
    const playing = [...system.processes.values()].filter(({ service }) => services.includes(service));
    this.#intervene(playing.map(({ name }) => ({ type, process: name })));
  }

  /** How many clients send, within what a run may have. */
  setLoad(clients: number): void {
    const replicas = Math.max(1, Math.min(clients, limits.replicasMax));
    this.#intervene([{ type: 'process.scale', service: this.spec.client, replicas }]);
  }

  /** One way when nobody has slowed it: what the scenario says of this link, or of all. */
  #usualMs(from: string, to: string): number {
    const { default: ofAll, links } = this.workbench.playerNow.scenario.network;
    const isMeant = (rule: string, name: string): boolean => rule === name || rule === '*';
    const own = links.findLast(
      (rule) => isMeant(rule.from, from) && isMeant(rule.to, to) && rule.latencyMs !== undefined,
    );
    return own?.latencyMs ?? ofAll.latencyMs;
  }

  /** Who sends to a service: who has called it, and the brokers that it listens to. */
  #waysTo(service: string): readonly string[] {
    const callers = this.#flows.facts.flatMap(({ knows }) =>
      [...knows.values()].flatMap(({ from, to }) => (to === service ? from : [])),
    );
    const { brokers, processes } = this.workbench.playerNow.system;
    const isHeard = ({ process }: { readonly process: string }): boolean => processes.get(process)?.service === service;
    const heard = [...brokers.values()].flatMap(({ name, subscriptions }) =>
      [...subscriptions.values()].some(isHeard) ? name : [],
    );
    return [...new Set([...callers, ...heard])];
  }

  /** All at the same instant, and taken back as one change. */
  #intervene([first, ...more]: readonly InterventionRequest[]): void {
    if (first !== undefined) this.workbench.playerNow.intervene(first, ...more);
  }

  /** Words and figures: ten times a second are enough. */
  get #now(): FigureWindow & { readonly player: Workbench['player'] } {
    const player = this.workbench.playerAtEase;
    return { player, position: player.position, playheadMs: player.playheadMs };
  }
}

function isEqual(one: Entry, other: Entry | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
