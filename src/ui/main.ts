import { RunPlayer } from '../player/player';
import { Recorder } from '../player/recorder';
import { createSandbox } from '../sandbox/host';
import { parseFragment } from '../scenario/fragment';
import { findGalleryEntry, gallery } from '../scenario/gallery/gallery';
import { DurableStorage } from '../storage/storage';
import { createApp } from './app';
import { localPreferences } from './preferences';
import { Navigation } from './services/navigation';
import { isOwnId, OwnLibrary } from './services/own-scenarios';
import { ProgressKeeper } from './services/progress';
import { galleryTitle } from './gallery-title';
import { createRunLibrary } from './services/run-library';
import { keepViewInAddress, viewShown } from './services/view-address.svelte';
import { loadWords } from './text/words';
import { firstLanguage } from './workbench.svelte';

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

const own: OwnLibrary = new OwnLibrary({
  storage,
  player,
  openId: () => workbench.openId,
  onKept: (id) => navigation.kept(id),
  onGone: () => navigation.kept(undefined),
  onGoneElsewhere: () => offerToKeep(),
  onChangedElsewhere: (id) => offerNewest(id),
  onNotSaved: (why) => workbench.showToast({ text: workbench.t.gallery.notSaved(why) }),
});
const preferences = localPreferences();
const progress = new ProgressKeeper({
  player,
  preferences,
  openId: () => workbench.openId,
  run: () => recorder.run,
  goOn: (visit) => navigation.goOn(visit),
});
const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
// Before anything is drawn, so that nobody sees another language first.
const words = await loadWords(firstLanguage(preferences));
const { workbench } = createApp(target, {
  player,
  preferences,
  words,
  services: {
    gallery,
    own,
    runs: createRunLibrary({
      storage,
      player,
      recorder,
      onOpening: () => navigation.openingUnnamed(),
      titleOf: (title) => galleryTitle(gallery, title, workbench.language),
    }),
    progress,
    leaveGallery: () => void navigation.leaveGallery(),
    shareLink: async (note) => {
      const view = { atMs: player.playheadMs, ...viewShown(workbench) };
      return (await arrived(import('./services/share'))).shareLink(player.definition, view, note);
    },
    exportScenario: async () => (await files()).exportScenario(player),
    exportLog: async () => (await files()).exportLog(player),
    exportDefinitions: async () => (await files()).exportDefinitions(player),
    importFile: async (file) =>
      (await files()).importFile(file, {
        scenario: (scenario) => navigation.openUnnamed(scenario),
        log: (scenario, segments) => {
          navigation.openingUnnamed();
          player.openRecorded({ scenario, segments, ended: true, digest: undefined, seen: true });
          recorder.take(scenario, segments);
          // A log is there to be read, and all of it has happened.
          player.runToEnd();
        },
      }),
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
  isName: (text) => findGalleryEntry(text) !== undefined || isOwnId(text),
  leaving: () => void own.save(),
});
keepViewInAddress(workbench, player);
void navigation.begin(parseFragment(location.hash));

/** What reads and writes files and links is fetched when it is asked for. Rejects with a sentence; whoever asks again, loads again. */
function files(): Promise<typeof import('./services/files')> {
  return arrived(import('./services/files'));
}

async function arrived<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch {
    throw new Error(workbench.t.pane.noAnswer);
  }
}

/** What another tab deleted is still on show here. */
function offerToKeep(): void {
  const { gallery: t, topbar } = workbench.t;
  const run = (): void => workbench.openDialog({ type: 'save-as' });
  workbench.showToast({ text: t.deletedElsewhere, action: { label: topbar.saveAs, run } });
}

/** What another tab saved is not put in the place of what the reader looks at, but is one press away. */
function offerNewest(id: string): void {
  const { t } = workbench;
  const open = async (): Promise<void> => workbench.open(await own.load(id), { autoplay: false, id });
  workbench.showToast({
    text: t.gallery.changedElsewhere,
    action: { label: t.gallery.openNewest, run: () => void open() },
  });
}
