import { type Execution, linesOf } from '../execute';
import type { OutputLine } from '../output';
import type { Expectation } from './expectation';

/** The first thing in which a run differs from the recording. */
export interface Difference {
  /** Of the seven rules of the programs' README. */
  readonly rule: 'stdout' | 'unordered' | 'pool' | 'stderr' | 'exit' | 'running' | 'merged';
  readonly process: string;
  /** Number of the line, from 1, where the rule is about one. */
  readonly line?: number;
  /** Virtual time of what came instead. */
  readonly atMs?: number | undefined;
  readonly expected: string;
  readonly got: string;
}

const nothing = 'nothing';

/** Applies the rules 1 to 7 of the programs' README; undefined when all of them hold. */
export function compare(expected: Expectation, run: Execution): Difference | undefined {
  const stdout = linesOf(run, 'stdout');
  return (
    differenceInStdout(expected, stdout) ??
    differenceInPools(expected, stdout) ??
    differenceInStderr(expected, linesOf(run, 'stderr')) ??
    differenceInEnds(expected, run) ??
    differenceInMerged(expected, run)
  );
}

type LinesByProcess = ReadonlyMap<string, readonly OutputLine[]>;

/** Rules 1 and 2. */
function differenceInStdout(expected: Expectation, stdout: LinesByProcess): Difference | undefined {
  const pooled = new Set(expected.pool?.flat());
  for (const [process, texts] of Object.entries(expected.stdout)) {
    if (pooled.has(process)) continue;
    const lines = stdout.get(process) ?? [];
    const difference =
      expected.unordered?.includes(process) === true
        ? differenceOfMultisets('unordered', process, texts, lines)
        : differenceOfLists(process, texts, lines);
    if (difference) return difference;
  }
  return undefined;
}

function differenceOfLists(
  process: string,
  texts: readonly string[],
  lines: readonly OutputLine[],
): Difference | undefined {
  for (let index = 0; index < Math.max(texts.length, lines.length); index += 1) {
    const text = texts[index];
    const line = lines[index];
    if (text !== undefined && text === line?.text) continue;
    const expected = text === undefined ? nothing : quote(text);
    const got = line === undefined ? nothing : quote(line.text);
    return { rule: 'stdout', process, line: index + 1, atMs: line?.atMs, expected, got };
  }
  return undefined;
}

/** Which came too seldom or too often. */
function differenceOfMultisets(
  rule: 'unordered' | 'pool',
  process: string,
  texts: readonly string[],
  lines: readonly OutputLine[],
): Difference | undefined {
  const left = new Map<string, number>();
  for (const text of texts) left.set(text, (left.get(text) ?? 0) + 1);
  const extra = lines.find(({ text }) => {
    const count = left.get(text) ?? 0;
    if (count > 0) left.set(text, count - 1);
    return count === 0;
  });
  const missing = [...left].find(([, count]) => count > 0)?.[0];
  if (extra === undefined && missing === undefined) return undefined;
  return {
    rule,
    process,
    atMs: extra?.atMs,
    expected: missing === undefined ? nothing : quote(missing),
    got: extra === undefined ? nothing : quote(extra.text),
  };
}

/** Rule 3. */
function differenceInPools(expected: Expectation, stdout: LinesByProcess): Difference | undefined {
  for (const pool of expected.pool ?? []) {
    const texts = pool.flatMap((process) => expected.stdout[process] ?? []);
    const lines = pool.flatMap((process) => stdout.get(process) ?? []);
    const difference = differenceOfMultisets('pool', pool.join(', '), texts, lines);
    if (difference) return difference;
  }
  return undefined;
}

/** Rule 4. */
function differenceInStderr(expected: Expectation, stderr: LinesByProcess): Difference | undefined {
  for (const [process, texts] of Object.entries(expected.stderr ?? {})) {
    const lines = stderr.get(process) ?? [];
    const missing = firstNotInOrder(texts, lines, (text, line) => text === line.text);
    if (missing === undefined) continue;
    const got = lines.length === 0 ? nothing : lines.map(({ text }) => quote(text)).join(', ');
    return { rule: 'stderr', process, atMs: lines.at(-1)?.atMs, expected: quote(texts[missing] ?? ''), got };
  }
  return undefined;
}

/** Rules 5 and 6. */
function differenceInEnds(expected: Expectation, run: Execution): Difference | undefined {
  const endOf = (process: string): string => {
    const code = run.exit.get(process);
    if (code !== undefined) return `exit code ${code}`;
    if (run.running.includes(process)) return 'still running';
    return run.processes.includes(process) ? 'ended by a signal' : 'never started';
  };
  for (const [process, code] of Object.entries(expected.exit ?? {})) {
    if (run.exit.get(process) !== code) {
      return { rule: 'exit', process, expected: `exit code ${code}`, got: endOf(process) };
    }
  }
  const ended = expected.running?.find((process) => !run.running.includes(process));
  if (ended === undefined) return undefined;
  return { rule: 'running', process: ended, expected: 'still running', got: endOf(ended) };
}

/** Rule 7. */
function differenceInMerged(expected: Expectation, run: Execution): Difference | undefined {
  const pairs = expected.merged ?? [];
  const lines = run.lines.filter(({ stream }) => stream === 'stdout');
  const missing = firstNotInOrder(
    pairs,
    lines,
    ([process, text], line) => process === line.process && text === line.text,
  );
  const pair = missing === undefined ? undefined : pairs[missing];
  if (missing === undefined || pair === undefined) return undefined;
  const [process, text] = pair;
  const before = pairs[missing - 1];
  const earlier = lines.find((line) => line.process === process && line.text === text);
  return {
    rule: 'merged',
    process,
    atMs: earlier?.atMs,
    expected: `${quote(text)} after ${before === undefined ? 'the start' : `${before[0]}: ${quote(before[1])}`}`,
    got: earlier === undefined ? nothing : 'it came earlier',
  };
}

/** Index of the first wanted item that does not follow the ones before it. */
function firstNotInOrder<W, T>(
  wanted: readonly W[],
  items: readonly T[],
  same: (wanted: W, item: T) => boolean,
): number | undefined {
  let next = 0;
  for (const item of items) {
    const want = wanted[next];
    if (want !== undefined && same(want, item)) next += 1;
  }
  return next < wanted.length ? next : undefined;
}

const quote = (text: string): string => JSON.stringify(text);

export function describeDifference({ rule, process, line, atMs, expected, got }: Difference): string {
  const which = line === undefined ? '' : `, line ${line}`;
  const when = atMs === undefined ? '' : `, at ${atMs} ms`;
  return `${rule} of ${process}${which}${when}: expected ${expected}, got ${got}`;
}
