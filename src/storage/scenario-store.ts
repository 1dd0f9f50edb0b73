import type { Scenario } from '../scenario/scenario';
import { type Database, StorageFailure } from './database';
import type { ScenarioInfo } from './protocol';

/** Scenarios that somebody keeps under a name of their choice, the autosaved draft among them. */
export class ScenarioStore {
  readonly #db: Database;
  readonly #nowMs: () => number;

  constructor(db: Database, nowMs: () => number) {
    this.#db = db;
    this.#nowMs = nowMs;
  }

  async save(name: string, scenario: Scenario, updatedAtMs = this.#nowMs()): Promise<ScenarioInfo> {
    const info = { name, title: scenario.title, updatedAtMs };
    await this.#db.scenarios.put({ ...info, scenario });
    return info;
  }

  async read(name: string): Promise<Scenario> {
    const row = await this.#db.scenarios.get(name);
    if (!row) throw new StorageFailure({ type: 'not-found' });
    return row.scenario;
  }

  async delete(name: string): Promise<null> {
    await this.#db.scenarios.delete(name);
    return null;
  }

  /** The one changed last first. */
  async list(): Promise<readonly ScenarioInfo[]> {
    const rows = await this.#db.scenarios.toArray();
    const infos = rows.map(({ name, title, updatedAtMs }) => ({ name, title, updatedAtMs }));
    return infos.sort((a, b) => b.updatedAtMs - a.updatedAtMs);
  }
}
