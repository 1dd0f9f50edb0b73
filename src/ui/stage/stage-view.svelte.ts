import { messagesUnderWay } from '../../projections/system';
import type { Edge, Node, Viewport } from '@xyflow/svelte';
import type { Entry } from '../../log/entry';
import type { Player } from '../../player/player-face';
import type { Workbench } from '../workbench.svelte';
import { workersOf } from './caption';
import type { Curve, Point } from './curve';
import { edgeCurve, layOut, queueDy, type StageEdge, type StageLayout } from './layout';
import { runIndexOf, type RunIndex } from './run-index.svelte';
import type { Paths } from './stage-marks';
import { settleMs } from './stage-marks';
import { serviceOf } from './structure';

export type FlowNode = Node<
  { readonly view: StageView; readonly name: string; readonly height: number },
  'service' | 'broker'
>;
export type FlowEdge = Edge<{ readonly view: StageView; readonly edge: StageEdge }, 'stage'>;

/** Entries looked at for steps and outcomes that are still on the screen. */
const recentEntriesMax = 600;

/** The stage's view-model: layout of the whole run, what the reader dragged, and verbs of the tools. */
export class StageView {
  readonly workbench: Workbench;
  readonly index: RunIndex;
  viewport: Viewport = $state.raw({ x: 0, y: 0, zoom: 1 });
  readonly #moved = new Map<string, Point>();
  #signature = '';
  #kept: StageLayout = { nodes: [], edges: [] };

  /** The same object until the structure changes, so that nothing moves by itself. */
  readonly layout: StageLayout = $derived.by(() => this.#layOut());
  nodes: FlowNode[] = $derived(this.#flowNodes());
  readonly edges: FlowEdge[] = $derived(this.#flowEdges());
  readonly curves: ReadonlyMap<string, Curve> = $derived.by(() => this.#curves());
  readonly paths: Paths = $derived(this.#paths());

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.index = runIndexOf(workbench);
  }

  /** Re-read with every change of the player. */
  get player(): Player {
    return this.workbench.player;
  }

  get isEmpty(): boolean {
    return this.layout.nodes.length === 0;
  }

  get underWay(): number {
    return messagesUnderWay(this.player.system);
  }

  /** Entries young enough to be on the screen still, oldest first. */
  recent(player: Player, longMs = settleMs): readonly Entry[] {
    const sinceMs = player.playheadMs - longMs * player.speed;
    const from = Math.max(player.log.countAt(sinceMs), player.position - recentEntriesMax);
    return from < player.position ? player.log.range(from, player.position) : [];
  }

  /** A node stays where the reader put it as long as the scenario is open. */
  dragged(id: string, position: Point): void {
    this.#moved.set(id, position);
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
    if (selection?.type === 'process') return { type: 'service', name: serviceOf(selection.process) };
    const pooled = [...system.brokers.values()].find((broker) => workersOf(system, broker.name) > 0);
    if (pooled !== undefined) return { type: 'broker', name: pooled.name };
    const listening = [...this.index.structure.services.values()].find(
      (shape) => shape.listeners.length > 0 && shape.publishes.length === 0,
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
    const signature = JSON.stringify([[...structure.services.values()], [...structure.brokers.values()]]);
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
      position: this.#moved.get(node.id) ?? { x: node.x, y: node.y },
      width: node.width,
      height: node.height,
      data: { view: this, name: node.name, height: node.height },
    }));
  }

  #flowEdges(): FlowEdge[] {
    return this.layout.edges.map((edge) => ({
      id: edge.id,
      type: 'stage',
      source: edge.from.node,
      target: edge.to.node,
      data: { view: this, edge },
    }));
  }

  #curves(): Map<string, Curve> {
    const positions = new Map(this.nodes.map((node) => [node.id, node.position]));
    const curves = new Map<string, Curve>();
    for (const edge of this.layout.edges) {
      const curve = edgeCurve(edge, positions);
      if (curve !== undefined) curves.set(edge.id, curve);
    }
    return curves;
  }

  #paths(): Paths {
    const { structure } = this.index;
    const { curves } = this;
    const positions = new Map(this.nodes.map((node) => [node.id, node.position]));
    const byHop = new Map<string, Curve>();
    for (const edge of this.layout.edges) {
      const curve = curves.get(edge.id);
      if (curve === undefined) continue;
      if (edge.type === 'publish') byHop.set(hopKey(edge.service, edge.broker), curve);
      for (const key of edge.listeners) {
        const [broker, listener] = JSON.parse(key) as [string, string];
        if (!byHop.has(hopKey(broker, edge.service, listener)))
          byHop.set(hopKey(broker, edge.service, listener), curve);
        if (!byHop.has(hopKey(broker, edge.service, ''))) byHop.set(hopKey(broker, edge.service, ''), curve);
      }
    }
    return {
      publish: (service, broker) => byHop.get(hopKey(service, broker)),
      subscribe: (hop) =>
        byHop.get(hopKey(hop.broker, hop.service, hop.listener ?? '')) ??
        byHop.get(hopKey(hop.broker, hop.service, '')),
      broker: (broker, queue) => {
        const at = positions.get(`broker:${broker}`);
        const shape = structure.brokers.get(broker);
        return at === undefined || shape === undefined
          ? undefined
          : { x: at.x - 10, y: at.y + queueDy(shape, queue === broker ? undefined : queue) };
      },
    };
  }
}

function hopKey(...names: readonly string[]): string {
  return JSON.stringify(names);
}
