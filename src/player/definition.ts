import type { Intervention } from '../log/entry';
import { happening } from '../scenario/first-difference';
import { renamedFile } from '../scenario/rename-file';
import type { PlannedIntervention, Scenario } from '../scenario/scenario';
import type { InterventionRequest } from './player-face';

/**
 * What a run is defined by, and how it changes: pure functions of scenarios. `files` of a definition are the files the run
 * begins with; edits made during the run are interventions in it.
 */
export function withIntervention(definition: Scenario, request: InterventionRequest, atMs: number): Scenario {
  const intervention = { ...request, atMs } as Intervention;
  if (intervention.type !== 'file.edit')
    return { ...definition, interventions: inOrder([...definition.interventions, intervention]) };
  const { file, source } = intervention;
  const without = { ...definition, interventions: withoutEditsFrom(definition.interventions, file, atMs) };
  // Typing taken back is no edit.
  if (newestFiles(without)[file] === source) return without;
  return { ...without, interventions: inOrder([...without.interventions, intervention]) };
}

/** As one change, in this order. */
export function withInterventions(definition: Scenario, all: readonly InterventionRequest[], atMs: number): Scenario {
  return all.reduce((so, each) => withIntervention(so, each, atMs), definition);
}

export function withoutIntervention(definition: Scenario, index: number): Scenario {
  return { ...definition, interventions: definition.interventions.filter((_, at) => at !== index) };
}

export function withMovedIntervention(definition: Scenario, index: number, atMs: number): Scenario {
  const moved = definition.interventions.map((one, at) => (at === index ? { ...one, atMs } : one));
  return { ...definition, interventions: inOrder(moved) };
}

export function withEnabledIntervention(definition: Scenario, index: number, enabled: boolean): Scenario {
  const interventions = definition.interventions.map((one, at): PlannedIntervention => {
    if (at !== index) return one;
    const { disabled: _, ...kept } = one;
    return enabled ? kept : { ...kept, disabled: true };
  });
  return { ...definition, interventions };
}

/** The newest text of every file: what the editor shows. */
export function newestFiles(definition: Scenario): Record<string, string> {
  const files = { ...definition.files };
  for (const one of editsOf(definition)) files[one.file] = one.source;
  return files;
}

/**
 * A scenario made from the one on show, whose files are the newest, as a definition. A text that was not changed is again the one that
 * the run begins with, and the edits of it stay; one that was is what the run begins with.
 */
export function asDefinition(shown: Scenario, definition: Scenario): Scenario {
  const newest = newestFiles(definition);
  const isKept = (file: string): boolean => shown.files[file] === newest[file];
  const files = Object.entries(shown.files).map(([file, text]) => [file, isKept(file) ? definition.files[file] : text]);
  return {
    ...shown,
    files: Object.fromEntries(files) as Scenario['files'],
    interventions: shown.interventions.filter((one) => one.type !== 'file.edit' || isKept(one.file)),
  };
}

/**
 * The scenario to run anew with the code as it stands now: edits become what the run begins with. Those with which the scenario came stay
 * where they are, unless their file was edited since.
 */
export function withEditsFromStart(definition: Scenario, came?: Scenario): Scenario {
  const given = new Set(came && editsOf(came).map(({ file, source }) => `${file}\n${source}`));
  const edited = new Set(
    editsOf(definition).flatMap(({ file, source }) => (given.has(`${file}\n${source}`) ? [] : [file])),
  );
  if (edited.size === 0) return definition;
  const newest = Object.entries(newestFiles(definition)).filter(([file]) => edited.has(file));
  const interventions = definition.interventions.filter(
    (one) => one.type !== 'file.edit' || one.disabled || !edited.has(one.file),
  );
  return { ...definition, files: { ...definition.files, ...Object.fromEntries(newest) }, interventions };
}

function editsOf(definition: Scenario) {
  return happening(definition).filter((one) => one.type === 'file.edit');
}

interface FileText {
  readonly file: string;
  readonly source: string;
}

/** The text of a file that the run begins with; edits of it during the run are dropped, since they were edits of another text. */
function withFile(definition: Scenario, file: string, source: string): Scenario {
  const interventions = definition.interventions.filter((one) => one.type !== 'file.edit' || one.file !== file);
  return { ...definition, files: { ...definition.files, [file]: source }, interventions };
}

export function withFiles(definition: Scenario, edits: readonly FileText[]): Scenario {
  return edits.reduce((before, { file, source }) => withFile(before, file, source), definition);
}

/** What has to be done to the files on show so that they read so. */
export function fileEdits(shown: Scenario, sources: Readonly<Record<string, string>>) {
  return Object.entries(sources).flatMap(([file, source]) =>
    shown.files[file] === source ? [] : [{ type: 'file.edit' as const, file, source }],
  );
}

/** A new file runs as a process of its own, named after it. */
export function withNewFile(definition: Scenario, file: string, source: string): Scenario {
  const name = file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  const taken = definition.processes.some((process) => process.name === name);
  const runs = /\.[mc]?[jt]s$/.test(file) && !taken;
  const process = { name, file, args: [], env: {}, startAtMs: 0, replicas: 1 };
  return {
    ...withFile(definition, file, source),
    processes: runs ? [...definition.processes, process] : definition.processes,
  };
}

/** Whoever imports or runs the file follows. */
export function withRenamedFile(definition: Scenario, file: string, name: string): Scenario {
  return renamedFile(definition, file, name);
}

export function withoutFile(definition: Scenario, file: string): Scenario {
  const files = Object.fromEntries(Object.entries(definition.files).filter(([key]) => key !== file));
  const interventions = definition.interventions.filter((one) => one.type !== 'file.edit' || one.file !== file);
  return {
    ...definition,
    files,
    processes: definition.processes.filter((process) => process.file !== file),
    interventions,
  };
}

/**
 * Typing makes many edits at one playhead: they are one. It is the newest text that is typed into, so that what was typed holds all that a
 * later edit brought, and takes its place.
 */
function withoutEditsFrom(
  interventions: readonly PlannedIntervention[],
  file: string,
  atMs: number,
): readonly PlannedIntervention[] {
  return interventions.filter((one) => one.type !== 'file.edit' || one.file !== file || one.atMs < atMs);
}

function inOrder(interventions: PlannedIntervention[]): PlannedIntervention[] {
  return interventions.sort((one, other) => one.atMs - other.atMs);
}
