import type { Context } from './context';
import type { Life } from './life';
import { tellIn } from './tell';
import type { World } from './world';

/** Who makes an HTTP call. */
export interface Requester {
  /** Of a process; absent: a broker, or whoever stands outside the run. */
  readonly life: Life | undefined;
  /** In the log. Absent: whoever stands outside the run. */
  readonly name: string | undefined;
  /** The delivery that the call carries out, of a broker. */
  readonly delivery?: string;
  /** Its end of the link. */
  readonly place: string;
  /** Whether the main file itself made the call, and nothing that it handles. */
  readonly isMainFile: boolean;
  /** `seq` of why it does what it does now, and of why it made the call. */
  readonly causeNow: number;
  readonly cause: number;
  readonly where: string | undefined;
  /** Tells it something, in the context in which it made the call. */
  tell<T>(run: (subject: T) => void, subject: T): void;
  /** Its process does not end before `release`. */
  retain(): void;
  release(): void;
}

/** The process whose code runs now. */
export class ProcessRequester implements Requester {
  readonly life: Life;
  readonly where: string | undefined;
  readonly #context: Context;

  constructor(world: World, life: Life) {
    this.life = life;
    this.where = world.where();
    this.#context = life.context;
  }

  get name(): string {
    return this.life.process;
  }

  get place(): string {
    return this.life.process;
  }

  get isMainFile(): boolean {
    return this.#context === this.life.base;
  }

  get causeNow(): number {
    return this.life.context.cause;
  }

  get cause(): number {
    return this.#context.cause;
  }

  tell<T>(run: (subject: T) => void, subject: T): void {
    tellIn(this.life, this.#context, run, subject);
  }

  retain(): void {
    this.life.retain();
  }

  release(): void {
    this.life.release();
  }
}

/** The world outside, which no process can be named after (see `isProcessName`). Nothing ends it, and it is told nothing. */
export function outside(cause: number): Requester {
  const nothing = (): void => undefined;
  return {
    life: undefined,
    name: undefined,
    place: 'you',
    isMainFile: false,
    causeNow: cause,
    cause,
    where: undefined,
    tell: nothing,
    retain: nothing,
    release: nothing,
  };
}

/** A broker: nothing ends it, and what it is told it does at once. */
export function brokerRequester(name: string, delivery: string, cause: number): Requester {
  const nothing = (): void => undefined;
  return {
    life: undefined,
    name,
    delivery,
    place: name,
    isMainFile: false,
    causeNow: cause,
    cause,
    where: undefined,
    tell: (run, subject) => {
      run(subject);
    },
    retain: nothing,
    release: nothing,
  };
}
