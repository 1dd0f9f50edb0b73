import { Dexie } from 'dexie';
import { type Database, problemOf } from './database';
import type { LiveRuns } from './live-runs';
import type { Answer, Ask, CallType, FromStorage, ToStorage } from './protocol';
import { RunStore, undoMsMax } from './run-store';
import { ScenarioStore } from './scenario-store';

/**
 * Answers the calls of one page. The database is opened at once; if that fails, the page is told and every call is
 * answered with `unavailable`.
 */
export function serveStorage(parts: {
  readonly db: Database;
  readonly live: LiveRuns;
  /** Real time, in milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly post: (message: FromStorage) => void;
}): (message: ToStorage) => Promise<void> {
  const { db, post, nowMs } = parts;
  const runs = new RunStore({ ...parts, emit: post });
  const scenarios = new ScenarioStore(db, nowMs);
  const calls = callsOf(db, runs, scenarios);
  const opened = db.open().then(
    () => {
      const historyOf = async () => ({ type: 'history-changed', history: await runs.list() }) as const;
      reportChanges(db, ['runs', 'settings'], async () => post(await historyOf()));
      const scenariosOf = async () => ({ type: 'scenarios-changed', scenarios: await scenarios.list() }) as const;
      reportChanges(db, ['scenarios'], async () => post(await scenariosOf()));
      removeDeletedNow(runs);
      return undefined;
    },
    (error: unknown) => {
      const { message } = { message: String(error), ...problemOf(error) };
      post({ type: 'storage-unavailable', message });
      return { type: 'unavailable', message } as const;
    },
  );
  return async ({ type, id, ask }) => {
    const unavailable = await opened;
    if (unavailable) {
      post({ type: 'refused', id, problem: unavailable });
      return;
    }
    try {
      const call = calls[type] as (ask: Ask<CallType>) => Promise<Answer<CallType>>;
      const value = await call(ask);
      if (type === 'run.delete') setTimeout(removeDeletedNow, undoMsMax + 100, runs);
      post({ type: 'answer', id, value });
    } catch (error) {
      post({ type: 'refused', id, problem: problemOf(error) });
    }
  };
}

type AnswerTo = { readonly [T in CallType]: (ask: Ask<T>) => Promise<Answer<T>> };

function callsOf(db: Database, runs: RunStore, scenarios: ScenarioStore): AnswerTo {
  return {
    'run.create': ({ scenario }) => runs.create(scenario),
    'run.append': ({ run, segment }) => runs.append(run, segment),
    'run.finish': ({ run, digest }) => runs.finish(run, digest),
    'run.hold': ({ run }) => runs.hold(run),
    'run.truncate': ({ run, fromSeq, scenario }) => runs.truncate(run, fromSeq, scenario),
    'run.define': ({ run, scenario }) => runs.define(run, scenario),
    'run.release': ({ run }) => runs.release(run),
    'run.rename': ({ run, title }) => runs.rename(run, title),
    'run.pin': ({ run, pinned }) => runs.pin(run, pinned),
    'run.delete': ({ run }) => runs.delete(run),
    'run.undelete': ({ run }) => runs.undelete(run),
    'run.read': ({ run }) => runs.read(run),
    'run.branches': ({ run, branches }) => runs.keepBranches(run, branches),
    'run.segments': ({ run, fromSeq }) => runs.segments(run, fromSeq),
    'runs.list': () => runs.list(),
    'runs.limit': ({ limitBytes }) => runs.setLimit(limitBytes),
    'scenario.save': ({ name, scenario, updatedAtMs }) => scenarios.save(name, scenario, updatedAtMs),
    'scenario.read': ({ name }) => scenarios.read(name),
    'scenario.delete': ({ name }) => scenarios.delete(name),
    'scenarios.list': () => scenarios.list(),
    'visit.save': async ({ visit }) => {
      await db.visits.put({ key: 'last', visit });
      return null;
    },
    'visit.read': async () => (await db.visits.get('last'))?.visit,
  };
}

/** Recording changes a run dozens of times a second; nobody reads a list that fast. */
const reportEveryMs = 300;

/** Dexie tells of changes in other tabs as well. */
function reportChanges(db: Database, tables: readonly string[], report: () => Promise<void>): void {
  const prefixes = tables.map((table) => `idb://${db.name}/${table}/`);
  let isDue = false;
  const reportNow = (): void => {
    isDue = false;
    // The next change brings the next list, and whoever asks for one is told what is wrong.
    report().catch(() => {});
  };
  Dexie.on('storagemutated', (parts: object) => {
    const concerns = Object.keys(parts).some((key) => prefixes.some((prefix) => key.startsWith(prefix)));
    if (!concerns || isDue) return;
    isDue = true;
    setTimeout(reportNow, reportEveryMs);
  });
}

function removeDeletedNow(runs: RunStore): void {
  // What stays behind is hidden, and is removed when the next tab opens.
  runs.removeDeleted().catch(() => {});
}
