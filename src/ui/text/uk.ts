import type { Text } from './text';
import { ukAttempts } from './uk-attempts';
import { ukBroker } from './uk-broker';
import { ukDialogs } from './uk-dialogs';
import { ukEditor } from './uk-editor';
import { ukFaults } from './uk-faults';
import { ukGallery } from './uk-gallery';
import { ukInspector } from './uk-inspector';
import { ukLog } from './uk-log';
import { ukProblems } from './uk-problems';
import { ukRedelivery } from './uk-redelivery';
import { ukExperiments } from './uk-experiments';
import { ukReceivers } from './uk-receivers';
import { ukSagas } from './uk-sagas';
import { ukShell } from './uk-shell';
import { ukStage } from './uk-stage';
import { ukTimeline } from './uk-timeline';
import { ukTopbar } from './uk-topbar';

export const uk: Text = {
  ...ukShell,
  topbar: ukTopbar,
  gallery: ukGallery,
  attempts: ukAttempts,
  broker: ukBroker,
  dialogs: ukDialogs,
  stage: ukStage,
  timeline: ukTimeline,
  editor: ukEditor,
  sagas: ukSagas,
  experiments: ukExperiments,
  receivers: ukReceivers,
  log: ukLog,
  inspector: ukInspector,
  problems: ukProblems,
  redelivery: ukRedelivery,
  faults: ukFaults,
};
