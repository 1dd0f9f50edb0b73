import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeEntries } from '../log/ndjson';
import type { Entry } from '../log/entry';
import { limits as scenarioLimits } from '../scenario/limits';
import { execute, type Execution, linesOf } from './execute';
import { openScenario } from './scenario-source';

/** `npm run -s scenario -- <gallery id | folder | exported file>`: runs a scenario and tells what came out. */

const usage = `usage: npm run -s scenario -- <gallery id | folder | exported file> [--seed n] [--until ms] [--ndjson | --json]

Prints what the processes print, then a summary; with --ndjson the log, one entry a line; with --json one object.
Exit code 1: an invariant failed, or the scenario did not load.`;

type Format = 'console' | 'ndjson' | 'json';

interface Request {
  readonly name: string;
  readonly seed: number | undefined;
  readonly untilMs: number | undefined;
  readonly format: Format;
}

export async function main(argv: readonly string[]): Promise<number> {
  const request = readRequest(argv);
  if (typeof request === 'string') {
    say('stderr', `${request}\n\n${usage}\n`);
    return 1;
  }
  const opened = await openScenario(request.name);
  if (opened.type === 'problems') {
    for (const problem of opened.problems) say('stderr', `${problem}\n`);
    return 1;
  }
  for (const warning of opened.warnings) say('stderr', `${warning}\n`);
  const { seed = opened.scenario.seed, untilMs = Infinity, format } = request;
  const show = showing(format);
  const execution = await execute({ ...opened.scenario, seed }, { untilMs, onEntries: show });
  if (format === 'json') say('stdout', `${JSON.stringify(jsonOf(execution))}\n`);
  if (format === 'console') say('stdout', `\n${summaryOf(opened.scenario.title, execution)}\n`);
  for (const { file, line, column, message } of execution.rejected) {
    say('stderr', `${file}:${line}:${column}: ${message}\n`);
  }
  return execution.rejected.length > 0 || execution.invariants.some(({ ok }) => !ok) ? 1 : 0;
}

/** What was asked for, or what is wrong with the question. */
function readRequest(argv: readonly string[]): Request | string {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        until: { type: 'string' },
        ndjson: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { positionals, values } = parsed;
  const [name, ...others] = positionals;
  if (name === undefined) return 'Which scenario?';
  if (others.length > 0) return `One scenario at a time: what is ${others.join(' ')}?`;
  if (values.ndjson === true && values.json === true) return '--ndjson and --json exclude each other.';
  const seed = numberOf(values.seed);
  if (seed !== undefined && !(Number.isInteger(seed) && seed >= 0 && seed <= scenarioLimits.seedMax)) {
    return `--seed should be a whole number from 0 to ${scenarioLimits.seedMax}.`;
  }
  const untilMs = numberOf(values.until);
  if (untilMs !== undefined && !(untilMs >= 0)) return '--until should be a number of milliseconds from 0.';
  const format = values.ndjson === true ? 'ndjson' : values.json === true ? 'json' : 'console';
  return { name, seed, untilMs, format };
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return text.trim() === '' ? NaN : Number(text);
}

function showing(format: Format): (entries: readonly Entry[]) => void {
  switch (format) {
    case 'console':
      return (entries) => {
        for (const entry of entries) if (entry.type === 'console.printed') say(entry.stream, entry.text);
      };
    case 'ndjson':
      return (entries) => {
        say('stdout', writeEntries(entries));
      };
    case 'json':
      return () => undefined;
  }
}

function jsonOf(execution: Execution): object {
  const { digest, entries, endedAtMs, exit, invariants } = execution;
  const textsOf = (stream: 'stdout' | 'stderr'): object => {
    return Object.fromEntries(
      [...linesOf(execution, stream)].map(([process, lines]) => [process, lines.map(({ text }) => text)]),
    );
  };
  return {
    hash: digest,
    entries,
    endedAtMs,
    stdout: textsOf('stdout'),
    stderr: textsOf('stderr'),
    exit: Object.fromEntries(exit),
    invariants,
  };
}

function summaryOf(title: string, execution: Execution): string {
  const { digest, entries, endedAtMs, reason, processes, exit, running, invariants, failures, stuck, limits } =
    execution;
  const ends = processes.map((process) => {
    const code = exit.get(process);
    return `${process} ${running.includes(process) ? 'running' : code === undefined ? 'stopped' : `exited ${code}`}`;
  });
  const checks = invariants.map(({ name, process, ok, failures, firstFailedAtMs, detail }) => {
    const failed = `failed ${failures}×, first at ${firstFailedAtMs ?? 0} ms${detail === undefined ? '' : `: ${detail}`}`;
    return `invariant   ${name} (${process}): ${ok ? 'held' : failed}`;
  });
  return [
    `${title}: ${reasons[reason ?? 'until']} at ${endedAtMs} ms`,
    `processes   ${ends.join(', ')}`,
    ...checks,
    ...failures.map(({ name, times, last: { process, where, failure } }) => {
      const place = where === undefined ? '' : `, at ${where}`;
      return `failed      ${name} (${process}) ${times}×${place}: ${failure.name}: ${failure.message}`;
    }),
    ...stuck.map(
      ({ saga, instance, process, step }) =>
        `stuck       ${saga} ${instance} (${process}) at ${step ?? 'its beginning'}`,
    ),
    ...limits.map(({ limit, max, where, listener, process, atMs }) => {
      const place = where === undefined ? '' : ` at ${where}`;
      return `limit       ${limit} (${max}) met by ${listener ?? process ?? 'the run'}${place}, at ${atMs} ms`;
    }),
    `log         ${entries} entries, hash ${digest}`,
  ].join('\n');
}

const reasons: Readonly<Record<NonNullable<Execution['reason']> | 'until', string>> = {
  duration: 'time is over',
  idle: 'nothing left to do',
  limit: 'stopped by a limit',
  unresponsive: 'stopped answering',
  until: 'computed up to here,',
};

/** At once: what is written asynchronously to a pipe is lost when the process ends. */
function say(stream: 'stdout' | 'stderr', text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(stream === 'stdout' ? 1 : 2, bytes, written);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}
