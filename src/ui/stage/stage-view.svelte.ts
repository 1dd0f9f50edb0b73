import type { Edge, Node, Viewport } from '@xyflow/svelte';
import type { Entry, LinkSettings } from '../../log/entry';
import type { Player } from '../../player/player-face';
import type { SystemState } from '../../projections/system';
import { countUnderWay, type UnderWay } from '../../projections/under-way';
import type { Layout } from '../../scenario/scenario';
import type { Workbench } from '../workbench.svelte';
import { Beat } from '../beat.svelte';
import { boundsOf } from './bounds';
import type { Box } from './callout-place';
import { workersOf } from './caption';
import type { DoingOptions } from './doing';
import { graphSpots, graphWays, HopPaths, type Paths } from './hop-paths';
import { presetSettings } from './link-presets';
import { endsOf, linkOf, ownSettings, settingsNow } from './link-state';
import { layOut, type StageEdge, type StageLayout } from './layout';
import type { Point } from './path';
import { pillBoxes, routesOf, type Route } from './routes';
import { runIndexOf, type RunIndex } from './run-index.svelte';
import { recentMs } from './stage-marks';
import { serviceOf } from './structure';

export type FlowNode = Node<
  { readonly view: StageView; readonly name: string; readonly height: number; readonly keyed: boolean },
  'service' | 'broker'
>;
export type FlowEdge = Edge<{ readonly view: StageView; readonly edge: StageEdge }, 'stage'>;

/** Entries looked at for steps and outcomes that are still on the screen. */
const recentEntriesMax = 600;
/** Arrows held down move a node many times; the scenario keeps where it came to rest. */
const restMs = 500;

/** The stage's view-model: layout of the whole run, where the reader put things, and verbs of the tools. */
export class StageView {
  readonly workbench: Workbench;
  readonly index: RunIndex;
  viewport: Viewport = $state.raw({ x: 0, y: 0, zoom: 1 });
  /** A link is to be cut: the next edge that is chosen is. */
  cutting = $state(false);
  /** More messages are on the canvas than have room for their shapes. */
  crowded = $state(false);
  /** The edge whose settings are open. */
  openLink: string | undefined = $state();
  readonly #beat: Beat;
  /** Moved and not yet kept in the scenario. */
  #moved: Layout = $state.raw({});
  #rest: ReturnType<typeof setTimeout> | undefined;
  #signature = '';
  #kept: StageLayout = { nodes: [], edges: [] };

  /** The same object until the structure changes, so that nothing moves by itself. */
  readonly layout: StageLayout = $derived.by(() => this.#layOut());
  /** As the scenario has it: replaced with each change of it, and with nothing else. */
  readonly #ownPlaces: Layout | undefined = $derived.by(() => this.player.scenario.layout);
  readonly #places: Layout = $derived({ ...this.#ownPlaces, ...this.#moved });
  nodes: FlowNode[] = $derived(this.#flowNodes());
  readonly edges: FlowEdge[] = $derived(this.#flowEdges());
  readonly #positions: ReadonlyMap<string, Point> = $derived(
    new Map(this.nodes.map((node) => [node.id, node.position])),
  );
  readonly routes: ReadonlyMap<string, Route> = $derived(routesOf(this.layout, Object.fromEntries(this.#positions)));
  readonly boxes: readonly Box[] = $derived(
    this.nodes.map(({ position, width = 0, height = 0 }) => ({ ...position, width, height })),
  );
  /** What a callout had better not cover: nodes and binding keys. */
  readonly obstacles: readonly Box[] = $derived([...this.boxes, ...[...this.routes.values()].flatMap(pillBoxes)]);
  readonly bounds: Box | undefined = $derived(
    boundsOf(
      this.boxes,
      [...this.routes.values()].map((route) => route.path),
    ),
  );
  readonly paths: Paths = $derived.by(() => {
    const positions = this.#positions;
    const at = (node: string): Point | undefined => positions.get(node);
    const { structure } = this.index;
    return new HopPaths(this.routes.values(), graphSpots(structure, at), graphWays(structure, at));
  });

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.index = runIndexOf(workbench);
    this.#beat = new Beat(workbench.playerNow, 33);
  }

  /**
   * The player for nodes and edges, re-read at most thirty times a second: what moves is on the canvas, which is painted with
   * every frame.
   */
  get player(): Player {
    void this.#beat.count;
    return this.workbench.playerNow;
  }

  /** Keeps up with the player while the stage is on the screen. Returns what ends that. */
  attach(): () => void {
    const ends = [this.index.attach(), this.#beat.attach()];
    return () => {
      for (const end of ends) end();
      this.keepPlaces();
    };
  }

  /** What says what a process is doing at an instant. */
  doingAt({ calls }: SystemState, nowMs: number): DoingOptions {
    return { calls, nowMs, endOf: (...all) => this.index.endOf(...all) };
  }

  get isEmpty(): boolean {
    return this.layout.nodes.length === 0;
  }

  get underWay(): UnderWay {
    return countUnderWay(this.workbench.playerAtEase.system);
  }

  /** Entries young enough to be on the screen still, oldest first. */
  recent(player: Player, longMs = recentMs): readonly Entry[] {
    const sinceMs = player.playheadMs - longMs * player.speed;
    const from = Math.max(player.log.countAt(sinceMs), player.position - recentEntriesMax);
    return from < player.position ? player.log.range(from, player.position) : [];
  }

  get hasOwnPlaces(): boolean {
    return Object.keys(this.#places).length > 0;
  }

  /** Moves a node; where it comes to rest becomes part of the scenario, and can be undone there. */
  moveBy(id: string, by: Point): void {
    const at = this.#positions.get(id);
    if (at !== undefined) this.move(id, { x: at.x + by.x, y: at.y + by.y }, restMs);
  }

  move(id: string, to: Point, afterMs = 0): void {
    this.#moved = { ...this.#moved, [id]: { x: Math.round(to.x), y: Math.round(to.y) } };
    clearTimeout(this.#rest);
    if (afterMs === 0) this.keepPlaces();
    else this.#rest = setTimeout(() => this.keepPlaces(), afterMs);
  }

  /** What was moved becomes part of the scenario now. */
  keepPlaces(): void {
    clearTimeout(this.#rest);
    if (Object.keys(this.#moved).length === 0) return;
    const { scenario } = this.workbench.playerNow;
    const layout = { ...scenario.layout, ...this.#moved };
    this.#moved = {};
    this.workbench.playerNow.define({ ...scenario, layout });
  }

  /** Everything stands where the automatic layout puts it again. */
  resetPlaces(): void {
    this.keepPlaces();
    const { layout: before, ...scenario } = this.workbench.playerNow.scenario;
    if (before === undefined) return;
    this.workbench.playerNow.define(scenario);
    const { stage } = this.workbench.t;
    this.workbench.showToast({
      text: stage.layoutReset,
      action: {
        label: stage.undo,
        run: () => this.workbench.playerNow.define({ ...this.workbench.playerNow.scenario, layout: before }),
      },
    });
  }

  /** The next edge that is chosen is cut; with the keyboard, edges are reached from here. */
  startCutting(): void {
    this.cutting = !this.cutting;
    this.openLink = undefined;
    if (this.cutting) document.querySelector<HTMLElement>('[data-pane="stage"] [data-edge]')?.focus();
  }

  /** By the key: the focus goes back to where it was asked for. */
  stopCutting(): void {
    document.querySelector<HTMLElement>('[data-pane="stage"] [aria-pressed="true"]')?.focus();
    this.cutting = false;
  }

  /** Cuts the edge, or mends it, when that was asked for; else opens what can be done to it. */
  chooseLink(id: string): void {
    const edge = this.routes.get(id)?.edge;
    if (edge === undefined) return;
    if (!this.cutting) {
      this.openLink = this.openLink === id ? undefined : id;
      return;
    }
    this.cutting = false;
    const { system, scenario } = this.workbench.playerNow;
    const isCut = settingsNow(system, scenario.network, edge).cut;
    this.setLink(edge, { cut: !isCut });
  }

  closeLink(): void {
    const id = this.openLink;
    this.openLink = undefined;
    if (id === undefined) return;
    document.querySelector<HTMLElement>(`[data-pane="stage"] [data-edge="${CSS.escape(id)}"]`)?.focus();
  }

  /** One edge for each link over which a service hears or is called; over which it speaks, when there is none. */
  linksOf(service: string): readonly StageEdge[] {
    const own = this.layout.edges.filter((edge) => edge.service === service || edge.callee === service);
    const heard = own.filter((edge) => edge.type === 'subscribe' || edge.callee === service);
    const links = heard.length > 0 ? heard : own;
    return links.filter((edge, n) => links.findIndex((other) => isSameLink(other, edge)) === n);
  }

  isSlow(service: string): boolean {
    const { system, scenario } = this.workbench.playerAtEase;
    return this.linksOf(service).some(
      (edge) => linkOf(system, edge, this.index.structure, scenario.network) === 'slow',
    );
  }

  /** Its links become slow, or what the scenario makes them. */
  slowService(service: string, slow: boolean): void {
    const { network } = this.workbench.playerNow.scenario;
    for (const edge of this.linksOf(service)) {
      this.setLink(edge, presetSettings(slow ? 'slow' : 'normal', ownSettings(network, edge)));
    }
  }

  setLink(edge: StageEdge, link: Partial<LinkSettings>): void {
    this.workbench.playerNow.intervene({ type: 'link.change', ...endsOf(edge), link });
  }

  /** A press on the empty stage ends what was begun, in the order in which one would expect it. */
  clickedNowhere(): void {
    if (this.cutting) this.cutting = false;
    else if (this.openLink !== undefined) this.openLink = undefined;
    else this.workbench.select(undefined);
  }

  crash(process: string): void {
    this.workbench.playerNow.intervene({ type: 'process.crash', process });
  }

  restart(process: string): void {
    this.workbench.playerNow.intervene({ type: 'process.restart', process });
  }

  scaleBroker(broker: string, by: 1 | -1): void {
    const workers = workersOf(this.workbench.playerNow.system, broker) + by;
    if (workers >= 1) this.workbench.playerNow.intervene({ type: 'broker.scale', broker, workers });
  }

  scaleService(service: string, by: 1 | -1): void {
    const { system } = this.workbench.playerNow;
    const running = [...system.processes.values()].filter(
      (each) => each.service === service && each.state !== 'exited',
    );
    const replicas = running.filter((each) => each.state !== 'stopped').length + by;
    if (replicas >= 1) this.workbench.playerNow.intervene({ type: 'process.scale', service, replicas });
  }

  /** What `Worker` in the header scales: the selected thing, else a bus in queue mode, else a service that listens. */
  get scalable(): { readonly type: 'broker' | 'service'; readonly name: string } | undefined {
    const { selection } = this.workbench;
    const { system } = this.player;
    if (selection?.type === 'broker' && workersOf(system, selection.broker) > 0)
      return { type: 'broker', name: selection.broker };
    // What has not started yet has no number that could grow.
    const isThere = (service: string): boolean =>
      [...system.processes.values()].some((each) => each.service === service);
    if (selection?.type === 'process' && isThere(serviceOf(selection.process)))
      return { type: 'service', name: serviceOf(selection.process) };
    const pooled = [...system.brokers.values()].find((broker) => workersOf(system, broker.name) > 0);
    if (pooled !== undefined) return { type: 'broker', name: pooled.name };
    const listening = [...this.index.structure.services.values()].find(
      (shape) => shape.listeners.length > 0 && shape.publishes.length === 0 && isThere(shape.service),
    );
    return listening === undefined ? undefined : { type: 'service', name: listening.service };
  }

  /** What `Crash` in the header crashes: the selected process, else the last one that listens. */
  get victim(): string | undefined {
    const { selection } = this.workbench;
    const { system } = this.player;
    const running = [...system.processes.values()].filter((each) => each.state === 'running');
    const chosen = selection?.type === 'process' ? running.find((each) => each.name === selection.process) : undefined;
    if (chosen !== undefined) return chosen.name;
    const listening = [...system.brokers.values()].flatMap((broker) =>
      [...broker.subscriptions.values()].filter((each) => each.live),
    );
    return listening.at(-1)?.process ?? running.at(-1)?.name;
  }

  #layOut(): StageLayout {
    const { structure } = this.index;
    const signature = JSON.stringify([
      [...structure.services.values()],
      [...structure.brokers.values()],
      structure.calls,
    ]);
    if (signature !== this.#signature) {
      this.#signature = signature;
      this.#kept = layOut(structure);
    }
    return this.#kept;
  }

  #flowNodes(): FlowNode[] {
    return this.layout.nodes.map((node) => ({
      id: node.id,
      type: node.type,
      position: this.#places[node.id] ?? { x: node.x, y: node.y },
      width: node.width,
      height: node.height,
      data: { view: this, name: node.name, height: node.height, keyed: node.keyed === true },
    }));
  }

  #flowEdges(): FlowEdge[] {
    const { link } = this.workbench.t.stage;
    const nameOf = ({ from, to }: ReturnType<typeof endsOf>): string => link.title(from, to);
    return this.layout.edges.map((edge) => ({
      id: edge.id,
      type: 'stage',
      source: edge.from.node,
      target: edge.to.node,
      ariaLabel: nameOf(endsOf(edge)),
      // Its button says what it is, and how it is.
      domAttributes: { 'aria-hidden': true },
      data: { view: this, edge },
    }));
  }
}

function isSameLink(one: StageEdge, other: StageEdge): boolean {
  const [a, b] = [endsOf(one), endsOf(other)];
  return a.from === b.from && a.to === b.to;
}
