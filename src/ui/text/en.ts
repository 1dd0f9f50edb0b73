import { enAttempts } from './en-attempts';
import { enBroker } from './en-broker';
import { enDialogs } from './en-dialogs';
import { enEditor } from './en-editor';
import { enFaults } from './en-faults';
import { enGallery } from './en-gallery';
import { enInspector } from './en-inspector';
import { enLog } from './en-log';
import { enProblems } from './en-problems';
import { enRedelivery } from './en-redelivery';
import { enExperiments } from './en-experiments';
import { enReceivers } from './en-receivers';
import { enSagas } from './en-sagas';
import { enShell } from './en-shell';
import { enStage } from './en-stage';
import { enTimeline } from './en-timeline';
import { enTopbar } from './en-topbar';

/** Every visible string and every accessible name of the page, in English. A section belongs to the folder of its name; settings, composer and comparison bring theirs along. */
export const en = {
  ...enShell,
  topbar: enTopbar,
  gallery: enGallery,
  attempts: enAttempts,
  broker: enBroker,
  dialogs: enDialogs,
  stage: enStage,
  timeline: enTimeline,
  editor: enEditor,
  sagas: enSagas,
  experiments: enExperiments,
  receivers: enReceivers,
  log: enLog,
  inspector: enInspector,
  problems: enProblems,
  redelivery: enRedelivery,
  faults: enFaults,
};
