import type { Scenario } from '../../scenario/scenario';
import { isOwnId } from '../services/own-scenarios';
import type { Workbench } from '../workbench.svelte';

/** Loads a scenario and plays it; the reader's own waits for Run, since it may have come by link and never run. What was open stays when it cannot be loaded. */
export async function openScenario(
  workbench: Workbench,
  source: { readonly id: string; readonly load: () => Promise<Scenario> },
): Promise<void> {
  let scenario: Scenario;
  try {
    scenario = await source.load();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    workbench.showToast({ text: workbench.t.topbar.notOpened(why) });
    return;
  }
  workbench.open(scenario, { autoplay: !isOwnId(source.id), id: source.id });
}
