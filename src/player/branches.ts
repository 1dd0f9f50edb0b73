import type { Scenario } from '../scenario/scenario';
import type { KeptBranch, KeptBranches } from '../storage/protocol';
import type { Branch } from './player-face';

/** Changes that can be taken back, for each branch. */
const stepsMax = 100;
/** Beyond it the oldest that nobody named goes. */
const branchesMax = 12;

interface Course {
  readonly id: number;
  name: string | undefined;
  readonly forkMs: number;
  definition: Scenario;
  past: Scenario[];
  future: Scenario[];
  /** What the newest change was an edit of, so that the next edit of the same joins it. */
  joins: string | undefined;
}

export interface Change {
  /** The change gives up a future that was on show from this instant on; it goes on as a branch. */
  readonly forkMs?: number | undefined;
  /** Changes in a row with the same text are taken back as one. */
  readonly joins?: string | undefined;
}

/**
 * The definitions that the reader has made of a run: one for each branch, and what can be taken back in it. A branch is
 * nothing but its definition, since a run is a pure function of that.
 */
export class Branches {
  #courses: Course[] = [];
  #current: Course;
  #ids = 0;
  #opened: Scenario;

  constructor(definition: Scenario) {
    this.#opened = definition;
    this.#current = this.#add({ definition, forkMs: 0, name: undefined });
  }

  get definition(): Scenario {
    return this.#current.definition;
  }

  /** Before anything was changed. */
  get opened(): Scenario {
    return this.#opened;
  }

  get list(): readonly Branch[] {
    return this.#courses.map((course) => ({
      id: course.id,
      name: course.name,
      forkMs: course.forkMs,
      current: course === this.#current,
    }));
  }

  get canUndo(): boolean {
    return this.#current.past.length > 0;
  }

  get canRedo(): boolean {
    return this.#current.future.length > 0;
  }

  /** Another run: nothing of the one before can be taken back. */
  reset(definition: Scenario, kept?: KeptBranches): void {
    this.#courses = [];
    this.#ids = 0;
    this.#opened = definition;
    for (const each of kept?.branches ?? []) {
      this.#ids = each.id;
      const course = this.#add({ ...each, name: each.name ?? undefined });
      if (each.id === kept?.current) this.#current = course;
    }
    if (this.#courses.includes(this.#current)) this.#current.definition = definition;
    else this.#current = this.#add({ definition, forkMs: 0, name: undefined });
  }

  change(definition: Scenario, { forkMs, joins }: Change = {}): void {
    const before = this.#current.definition;
    if (forkMs !== undefined) this.#current = this.#fork(before, forkMs);
    const course = this.#current;
    if (joins === undefined || joins !== course.joins) {
      course.past.push(before);
      if (course.past.length > stepsMax) course.past.shift();
    }
    course.joins = joins;
    course.future = [];
    course.definition = definition;
    this.#forgetOldest();
  }

  undo(): void {
    step(this.#current, this.#current.past, this.#current.future);
  }

  redo(): void {
    step(this.#current, this.#current.future, this.#current.past);
  }

  switchTo(id: number): void {
    this.#current = this.#course(id) ?? this.#current;
  }

  rename(id: number, name: string | undefined): void {
    const course = this.#course(id);
    if (course) course.name = name;
  }

  remove(id: number): void {
    this.#courses = this.#courses.filter((course) => course.id !== id || course === this.#current);
  }

  /** What is worth keeping beside the run itself. */
  get kept(): KeptBranches {
    const branches = this.#courses.map(({ id, name, forkMs, definition }): KeptBranch => {
      return { id, name: name ?? null, forkMs, definition };
    });
    return { current: this.#current.id, branches };
  }

  #course(id: number): Course | undefined {
    return this.#courses.find((course) => course.id === id);
  }

  /** What led to it can be taken back in it, too. */
  #fork(definition: Scenario, forkMs: number): Course {
    return this.#add({ definition, forkMs, name: undefined, past: [...this.#current.past] });
  }

  #add(
    parts: Pick<Course, 'definition' | 'forkMs' | 'name'> & { readonly id?: number; readonly past?: Scenario[] },
  ): Course {
    const course: Course = { id: this.#ids, past: [], future: [], joins: undefined, ...parts };
    this.#ids = course.id + 1;
    this.#courses.push(course);
    return course;
  }

  #forgetOldest(): void {
    if (this.#courses.length <= branchesMax) return;
    const oldest = this.#courses.find((course) => course !== this.#current && course.name === undefined);
    if (oldest) this.remove(oldest.id);
  }
}

function step(course: Course, from: Scenario[], to: Scenario[]): void {
  const definition = from.pop();
  if (definition === undefined) return;
  to.push(course.definition);
  course.definition = definition;
  course.joins = undefined;
}
