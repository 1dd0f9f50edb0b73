import type { Carriage } from './carriage';
import { nativeThen } from './promise-tracking';
import type { Turn } from './turn';

const resolved = Promise.resolve();

/**
 * Deliveries whose async listener came to its end without ever waiting. Their promises are fulfilled, so the language would tell
 * of each in a promise job of its own. Jobs with nothing between them are made one job here: a promise's reaction, its two
 * functions and its job cost more than the listener's call.
 *
 * Invariant: each is told of in the very place among all promise jobs that its own would have had.
 */
export class EndedAtOnce {
  readonly #turn: Turn;
  readonly #tell: (carriage: Carriage) => void;
  /** Those that are told of in one job, for each job that has not run yet. */
  readonly #jobs: Carriage[][] = [];
  /** Those of the last job. */
  #last: Carriage[] = [];
  #waiting = 0;
  /** `turn.a` when the last one was added. */
  #activity = -1;

  constructor(turn: Turn, tell: (carriage: Carriage) => void) {
    this.#turn = turn;
    this.#tell = tell;
  }

  /** How many have not been told of. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Whether nothing else can have made a promise job since `turn.a` was `activity`, when there was none: each of these counts
   * twice in `a`, once as its function begins and once here, and no other code waits that could have been let go on.
   */
  isAllSince(activity: number): boolean {
    const { a, o } = this.#turn;
    return this.#waiting > 0 && o === this.#waiting && a === activity + 2 * this.#waiting;
  }

  add(carriage: Carriage): void {
    const turn = this.#turn;
    // Since the one before, only its own function has begun, and no other code waits.
    const follows = turn.a === this.#activity + 1 && turn.o === this.#waiting && this.#jobs.length > 0;
    this.#activity = ++turn.a;
    turn.o++;
    this.#waiting++;
    if (follows) {
      this.#last.push(carriage);
      return;
    }
    this.#jobs.push((this.#last = [carriage]));
    void nativeThen.call(resolved, this.#runJob);
  }

  readonly #runJob = (): void => {
    for (const carriage of this.#jobs.shift() ?? []) {
      this.#waiting--;
      this.#turn.g();
      this.#tell(carriage);
    }
  };
}
