import type { Scenario } from '../../scenario/scenario';
import type { DurableStorage } from '../../storage/storage';
import type { OwnScenarios } from '../services';

/** Scenarios that the reader has kept, by name, in the browser. */
export function createOwnScenarios(storage: DurableStorage, present: () => Scenario): OwnScenarios {
  return {
    list: async () => {
      const outcome = await storage.listScenarios();
      if (outcome.type !== 'done') return [];
      return outcome.value.map(({ name, title, updatedAtMs }) => ({ id: name, title, changedAtEpochMs: updatedAtMs }));
    },
    load: async (id) => {
      const outcome = await storage.readScenario(id);
      if (outcome.type !== 'done') throw new Error(outcome.type);
      return outcome.value;
    },
    keep: async () => {
      const scenario = present();
      const outcome = await storage.saveScenario(await freeName(storage, scenario.title), scenario);
      if (outcome.type !== 'done') throw new Error(outcome.type);
    },
  };
}

/** Keeping twice keeps two. */
async function freeName(storage: DurableStorage, title: string): Promise<string> {
  const outcome = await storage.listScenarios();
  const taken = new Set(outcome.type === 'done' ? outcome.value.map(({ name }) => name) : []);
  const base = `own ${title}`;
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.has(name)) return name;
  }
}
