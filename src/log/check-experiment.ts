import { ms, oneOf, optional, text, texts, yes } from './check-parts';
import { failure } from './check-rows';
import type { ExperimentSplit } from './entry-experiment';

const experiment = { process: text, experiment: text };
const version = { ...experiment, version: text, message: optional(text), shadow: optional(yes) };

/** What experiments do. */
export const experimentTables = {
  'experiment.declared': {
    ...experiment,
    versions: texts,
    split: oneOf<ExperimentSplit>({ share: true, key: true, shadow: true }),
    share: optional(ms),
  },
  'experiment.version-started': { ...version, key: optional(text) },
  'experiment.version-succeeded': { ...version, tookMs: ms },
  'experiment.version-failed': { ...version, tookMs: ms, failure },
  'experiment.switched': { experiment: text, version: optional(text), process: optional(text) },
} as const;
