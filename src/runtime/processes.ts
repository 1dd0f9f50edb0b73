import { meant } from '../log/entry-fault';
import type { Intervention } from '../log/entry';
import type { ProcessSpec } from '../scenario/scenario';
import { Life, type LifeEnd } from './life';
import type { World } from './world';

/** Replicas that a service may be scaled to. */
export const replicasMax = 64;

interface Process {
  readonly name: string;
  readonly service: string;
  readonly spec: ProcessSpec;
  life: Life | undefined;
  lives: number;
}

/** A file that has got a new text, and the entry that says so. */
export interface Edit {
  readonly file: string;
  readonly seq: number;
}

/** The processes of a run: start, crash, stop, restart, scale, reload. */
export class Processes {
  readonly #world: World;
  readonly #all = new Map<string, Process>();
  #pids = 0;

  constructor(world: World) {
    this.#world = world;
    for (const spec of world.scenario.processes) {
      for (const name of replicaNames(spec.name, spec.replicas)) {
        world.agenda.schedule(spec.startAtMs, () => {
          this.#start(this.#add(name, spec), undefined);
        });
      }
    }
  }

  get alive(): readonly Life[] {
    return [...this.#all.values()].flatMap(({ life }) => (life?.alive === true ? [life] : []));
  }

  /** Carries an intervention on processes out. Returns why not, when it cannot. */
  apply(intervention: Intervention & { type: `process.${string}` }, cause: number): string | undefined {
    if (intervention.type === 'process.scale') return this.#scale(intervention.service, intervention.replicas, cause);
    const process = this.#all.get(intervention.process);
    if (process === undefined) return `There is no process ${intervention.process}.`;
    switch (intervention.type) {
      case 'process.crash':
        if (process.life?.alive !== true) return `${process.name} is not running.`;
        this.#crash(process, cause);
        if (intervention.restartAfterMs !== undefined)
          this.startAgainAfter(process.name, intervention.restartAfterMs, cause);
        return undefined;
      case 'process.stop':
        if (process.life?.alive !== true) return `${process.name} is not running.`;
        process.life.terminate();
        return undefined;
      case 'process.restart':
        if (process.life?.alive === true) this.#crash(process, cause);
        this.#start(process, cause);
        return undefined;
    }
  }

  /** The processes that a name means: one, or all replicas of a service. */
  named(name: string): readonly { readonly name: string; readonly life: Life | undefined }[] {
    return [...this.#all.values()].filter((process) => meant(name, process.name));
  }

  /** A process whose fault it is to crash does; undefined when it is down already. */
  crash(name: string, cause: number): void {
    const process = this.#all.get(name);
    if (process?.life?.alive === true) this.#crash(process, cause);
  }

  /** Starts a process that has just gone down again after so long, unless it has been started before, whatever became of that life. */
  startAgainAfter(name: string, afterMs: number, cause: number): void {
    const { agenda } = this.#world;
    const process = this.#all.get(name);
    const lives = process?.lives;
    agenda.schedule(agenda.nowMs + afterMs, () => {
      if (process !== undefined && process.lives === lives) this.#start(process, cause);
    });
  }

  /** Every running process of one of the files, or that has imported it, goes on with the new texts. */
  reload(edits: readonly Edit[]): void {
    for (const process of this.#all.values()) {
      const old = process.life;
      if (old?.alive !== true) continue;
      const edit = edits.findLast(({ file }) => process.spec.file === file || old.modules.has(file));
      if (edit !== undefined) this.#reload(process, old, edit);
    }
  }

  #reload(process: Process, old: Life, { file, seq: cause }: Edit): void {
    const { journal, deliveries, http } = this.#world;
    old.retire();
    this.#begin(process, cause, () => {
      journal.append({ type: 'process.reloaded', cause, process: process.name, file, life: process.lives });
    });
    if (deliveries.countIn(old) + http.countIn(old) === 0) old.kill();
  }

  #add(name: string, spec: ProcessSpec): Process {
    let process = this.#all.get(name);
    if (process === undefined)
      this.#all.set(name, (process = { name, service: spec.name, spec, life: undefined, lives: 0 }));
    return process;
  }

  #start(process: Process, cause: number | undefined): void {
    if (process.life?.alive === true) return;
    this.#begin(process, cause, () => undefined);
  }

  #begin(process: Process, cause: number | undefined, announce: () => void): void {
    const world = this.#world;
    const { spec, name, service } = process;
    process.lives++;
    const reloaded = process.life?.retired === true;
    const seq = reloaded
      ? world.journal.length
      : world.journal.append({
          type: 'process.started',
          cause,
          process: name,
          service,
          file: spec.file,
          args: spec.args,
          life: process.lives,
        });
    announce();
    const life = new Life({
      world,
      process: name,
      file: spec.file,
      args: spec.args,
      env: spec.env,
      number: process.lives,
      pid: 1_000 + ++this.#pids,
      cause: seq,
      onEnd: (how) => {
        this.#ended(process, life, how);
      },
    });
    process.life = life;
    world.deliveries.register(name, life);
    life.begin();
  }

  #ended(process: Process, life: Life, { code, signal, failure }: LifeEnd): void {
    const { journal, deliveries, http } = this.#world;
    // The process itself goes on with a newer text of its file; only what the old one was handling ends.
    if (process.life !== life) {
      deliveries.interruptLife(life, life.context.cause);
      http.lifeGone(life, life.context.cause);
      return;
    }
    const where = failure === undefined ? undefined : this.#world.where();
    const cause = journal.append({
      type: 'process.exited',
      cause: life.context.cause,
      where,
      process: process.name,
      code,
      ...(signal === undefined ? {} : { signal }),
      ...(failure === undefined ? {} : { failure }),
    });
    this.#gone(process.name, cause);
  }

  #crash(process: Process, cause: number): void {
    const { journal, deliveries, connections, http } = this.#world;
    const { life } = process;
    const interrupted = life ? deliveries.countIn(life) + connections.countIn(life) + http.countIn(life) : 0;
    const seq = journal.append({ type: 'process.crashed', cause, process: process.name, interrupted });
    process.life?.kill();
    this.#gone(process.name, seq);
  }

  #gone(name: string, cause: number): void {
    for (const broker of this.#world.brokers.values()) broker.processGone(name, cause);
    this.#world.deliveries.interrupt(name, cause);
    this.#world.connections.processGone(name, cause);
    this.#world.http.processGone(name, cause);
  }

  #scale(service: string, replicas: number, cause: number): string | undefined {
    const members = [...this.#all.values()].filter((process) => process.service === service);
    const spec = members[0]?.spec;
    if (spec === undefined) return `There is no service ${service}.`;
    if (!Number.isInteger(replicas) || replicas < 0 || replicas > replicasMax)
      return `Replicas must be a whole number from 0 to ${String(replicasMax)}.`;
    const running = members.filter(({ life }) => life?.alive === true);
    for (const process of running.slice(replicas)) process.life?.terminate();
    for (let missing = replicas - running.length, index = 1; missing > 0; index++) {
      const name = index === 1 && spec.replicas === 1 ? service : `${service}#${String(index)}`;
      const process = this.#add(name, spec);
      if (process.life?.alive === true) continue;
      this.#start(process, cause);
      missing--;
    }
    return undefined;
  }
}

function replicaNames(name: string, replicas: number): string[] {
  return replicas === 1 ? [name] : Array.from({ length: replicas }, (_, index) => `${name}#${String(index + 1)}`);
}
