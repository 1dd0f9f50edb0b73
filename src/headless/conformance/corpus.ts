import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What there is to replay: recorded programs (folders) and files of recorded broker cases. */
export type Recording =
  | { readonly type: 'program'; readonly area: string; readonly name: string; readonly folder: string }
  | {
      readonly type: 'cases';
      /** Which simulated thing answers them: `rabbitmq`, `kafka`, … */
      readonly subject: string;
      readonly area: string;
      readonly file: string;
      readonly count: number;
    };

/** Everything below the folders given, in order of path. */
export function findRecordings(folders: readonly string[]): Recording[] {
  return folders.flatMap(recordingsIn);
}

function recordingsIn(folder: string): Recording[] {
  if (existsSync(join(folder, 'scenario.json')) && existsSync(join(folder, 'expect.json'))) {
    const name = basename(folder);
    return [{ type: 'program', area: /^[^-]*/.exec(name)?.[0] ?? name, name, folder }];
  }
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return recordingsIn(path);
      const cases = name.endsWith('.json') ? readCases(path) : undefined;
      return cases === undefined ? [] : [cases];
    });
}

/** Formats of case files, by what their name begins with, and whose they are. */
const subjects: readonly (readonly [format: RegExp, subject: string])[] = [
  [/^rabbitmq/i, 'rabbitmq'],
  [/^redis/i, 'redis'],
  [/^kafka-/, 'kafka'],
  [/^eb-/, 'eventbridge'],
  [/^webhook-/, 'webhooks'],
  [/^curl-/, 'curl'],
];

/** A file of cases says what it holds: an object with `format` and `cases`, or a list whose cases say `recordedFrom`. */
function readCases(file: string): Recording | undefined {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const list: unknown = Array.isArray(value) ? value : fieldOf(value, 'cases');
  const format = Array.isArray(value) ? fieldOf(value[0], 'recordedFrom') : fieldOf(value, 'format');
  if (!Array.isArray(list) || typeof format !== 'string') return undefined;
  const subject = subjects.find(([pattern]) => pattern.test(format))?.[1] ?? format;
  return { type: 'cases', subject, area: basename(file, '.json'), file, count: list.length };
}

/** A recorded case: what it is called, and in which area of its subject it lies if its file holds several. */
export interface RecordedCase {
  readonly id?: string;
  readonly name?: string;
  readonly area?: string;
}

/** The cases of a file that holds some. */
export function casesIn(file: string): readonly RecordedCase[] {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return (Array.isArray(value) ? value : fieldOf(value, 'cases')) as readonly RecordedCase[];
}

/** Its id and its name, of which a case has at least one. */
export function nameOfCase({ id, name }: RecordedCase): string {
  return [id, name].filter((part) => part !== undefined).join(' ');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
