import { RunPlayer } from '../player/player';
import { Recorder } from '../player/recorder';
import { createSandbox } from '../sandbox/host';
import { parseFragment } from '../scenario/fragment';
import { findGalleryEntry, gallery } from '../scenario/gallery/gallery';
import { DurableStorage } from '../storage/storage';
import { createApp } from './app';
import { Navigation } from './services/navigation';
import { exportLog, exportScenario, importFile } from './services/files';
import { shareLink } from './services/links';
import { createOwnScenarios } from './services/own-scenarios';
import { createRunLibrary } from './services/run-library';

// Builds the parts, hands them down, and opens what the address or the last visit names.

const player = new RunPlayer({
  createSandbox,
  nowMs: () => performance.now(),
  onFrame: (callback) => {
    const id = requestAnimationFrame(callback);
    return () => cancelAnimationFrame(id);
  },
});
const storage = new DurableStorage();
const recorder = new Recorder(storage, () => navigation.remember());
player.observe(recorder);

const own = createOwnScenarios(storage, () => player.definition);
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
const { workbench } = createApp(target, {
  player,
  services: {
    gallery,
    own,
    runs: createRunLibrary({ storage, player, recorder, onOpened: () => navigation.openedRecorded() }),
    shareLink: (note) => shareLink(player.definition, player.playheadMs, note),
    exportScenario: () => exportScenario(player),
    exportLog: () => exportLog(player),
    importFile: (file) => importFile(file, player, (scenario) => workbench.open(scenario, { autoplay: false })),
    openLink: (url) => navigation.openLink(url),
  },
  panes: {
    editor: () => import('./editor/EditorPane.svelte'),
    stage: () => import('./stage/StagePane.svelte'),
    timeline: () => import('./timeline/TimelinePane.svelte'),
    log: () => import('./log/LogPane.svelte'),
    inspector: () => import('./inspector/InspectorPane.svelte'),
  },
});
const navigation = new Navigation({
  workbench,
  player,
  storage,
  recorder,
  named: async (id) => findGalleryEntry(id)?.load() ?? (await own.load(id)),
  isName: (text) => findGalleryEntry(text) !== undefined,
});
void navigation.begin(parseFragment(location.hash).opened);
