import type { Kind, Problem } from './problem';

/**
 * Reads values of unknown shape and gathers what is wrong with them. Almost every method answers with a value of the
 * right kind, so that reading goes on and all problems are found at once; it counts only if there are no problems.
 */
export class Reader {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];

  problem(problem: Problem): void {
    if (this.problems.length < problemsMax) this.problems.push(problem);
  }

  warning(problem: Problem): void {
    if (this.warnings.length < problemsMax) this.warnings.push(problem);
  }

  /** Keys that are not among `known`, if that is given, become warnings. */
  object(value: unknown, path: string, known?: readonly string[]): Fields | undefined {
    if (!isFields(value)) {
      this.#unreadable(value, path, 'object');
      return undefined;
    }
    if (known !== undefined) {
      for (const key of Object.keys(value)) {
        if (!known.includes(key)) this.warning({ type: 'unknown-key', path: pathTo(path, key) });
      }
    }
    return value;
  }

  /** An absent list is an empty one. */
  list(value: unknown, path: string, max: number): readonly unknown[] {
    if (value === undefined) return [];
    if (!Array.isArray(value)) {
      this.#unreadable(value, path, 'list');
      return [];
    }
    if (value.length <= max) return value;
    this.problem({ type: 'too-many', path, count: value.length, max });
    return [];
  }

  text(value: unknown, path: string, charsMax: number, fallback?: string): string {
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value !== 'string') {
      this.#unreadable(value, path, 'text');
      return '';
    }
    if (value.length > charsMax) this.problem({ type: 'too-long', path, charsMax });
    return value;
  }

  number(value: unknown, path: string, range: Range, fallback?: number): number {
    if (value === undefined && fallback !== undefined) return fallback;
    const { min, max, whole = false } = range;
    const isRight = typeof value === 'number' && (whole ? Number.isInteger(value) : !Number.isNaN(value));
    if (!isRight) {
      this.#unreadable(value, path, whole ? 'whole number' : 'number');
      return min;
    }
    if (value < min || value > max) this.problem({ type: 'out-of-range', path, min, max });
    // JSON has no -0, so it would not come back from a link.
    return value + 0;
  }

  flag(value: unknown, path: string): boolean {
    if (typeof value !== 'boolean') this.#unreadable(value, path, 'flag');
    return value === true;
  }

  #unreadable(value: unknown, path: string, wanted: Kind): void {
    this.problem(value === undefined ? { type: 'missing', path } : { type: 'wrong-kind', path, wanted });
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Default false. */
  readonly whole?: boolean;
}

/** Enough to mend a document by; more would only be scrolled past. */
const problemsMax = 100;

export function pathTo(path: string, key: string): string {
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
