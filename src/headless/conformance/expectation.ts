import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `expect.json` of a recorded program: what came out, and how strictly to compare. */
export interface Expectation {
  readonly recordedFrom: readonly string[];
  /** Lines by process. */
  readonly stdout: Readonly<Record<string, readonly string[]>>;
  /** Lines that occur, in this order, among others. */
  readonly stderr?: Readonly<Record<string, readonly string[]>>;
  /** Codes of processes that ended by themselves. */
  readonly exit?: Readonly<Record<string, number>>;
  /** Processes alive at the end. */
  readonly running?: readonly string[];
  /** Processes whose lines may come in any order. */
  readonly unordered?: readonly string[];
  /** Groups of processes; which of them printed a line is open. */
  readonly pool?: readonly (readonly string[])[];
  /** Lines of all processes in the order of time: pairs of process and line. */
  readonly merged?: readonly (readonly [process: string, line: string])[];
}

export function readExpectation(folder: string): Expectation {
  const value = JSON.parse(readFileSync(join(folder, 'expect.json'), 'utf8')) as Partial<Expectation> | null;
  if (typeof value?.stdout !== 'object') throw new Error(`${join(folder, 'expect.json')}: it has no stdout`);
  return value as Expectation;
}
