import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { unreachable } from '../kernel/assert';
import { readScenarioFile, type ScenarioFileProblem } from '../scenario/file';
import { findGalleryEntry, gallery } from '../scenario/gallery/gallery';
import { parseScenario } from '../scenario/parse';
import { isFileName } from '../scenario/parse-parts';
import { describeProblem, type Problem } from '../scenario/problem';
import type { Scenario } from '../scenario/scenario';
import { lineOfPath, placeOfProblem } from './json-place';

/** A scenario as scripts name it: an id of the gallery, a folder, or an exported file. */
export type OpenedScenario =
  | { readonly type: 'scenario'; readonly scenario: Scenario; readonly warnings: readonly string[] }
  /** Each with its place: `orders/scenario.json:7: …`. */
  | { readonly type: 'problems'; readonly problems: readonly string[] };

export async function openScenario(name: string): Promise<OpenedScenario> {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return openFolder(name);
  if (found !== undefined) return openFile(name);
  const entry = findGalleryEntry(name);
  if (entry !== undefined) return { type: 'scenario', scenario: await entry.load(), warnings: [] };
  const ids = gallery.map(({ id }) => id).join(', ');
  return refuse(`${name}: there is no such folder or file, and no scenario of this name in the gallery (${ids})`);
}

/** A folder: `scenario.json` and the files beside and below it. */
export function openFolder(folder: string): OpenedScenario {
  const document = join(folder, 'scenario.json');
  if (statSync(document, { throwIfNoEntry: false })?.isFile() !== true)
    return refuse(`${folder}: it has no scenario.json`);
  const text = readText(document);
  const value = parseJson(text);
  if (value.type === 'problem') return refuse(`${document}:${value.place}: it is not JSON: ${value.message}`);
  const parsed = parseScenario(value.value, filesOf(folder));
  if (parsed.type === 'problems') return { type: 'problems', problems: parsed.problems.map(located(document, text)) };
  return { type: 'scenario', scenario: parsed.scenario, warnings: parsed.warnings.map(located(document, text)) };
}

function openFile(file: string): OpenedScenario {
  const text = readText(file);
  const read = readScenarioFile(text, basename(file, '.json'));
  if (read.type === 'scenario') {
    return { type: 'scenario', scenario: read.scenario, warnings: read.warnings.map(located(file, text)) };
  }
  return { type: 'problems', problems: describeFileProblem(read, file, text) };
}

function describeFileProblem(problem: ScenarioFileProblem, file: string, text: string): string[] {
  switch (problem.type) {
    case 'not-json': {
      const parsed = parseJson(text);
      return [
        parsed.type === 'problem'
          ? `${file}:${parsed.place}: it is not JSON: ${parsed.message}`
          : `${file}: it is not JSON`,
      ];
    }
    case 'not-a-scenario':
      return [`${file}: it is no exported scenario: the key "eventarium" with the format's version is missing`];
    case 'too-new':
      return [`${file}: it was written by a newer version (format ${problem.version}); this one cannot read it`];
    case 'invalid-scenario':
      return problem.problems.map(located(file, text));
    default:
      return unreachable(problem);
  }
}

function refuse(problem: string): OpenedScenario {
  return { type: 'problems', problems: [problem] };
}

function readText(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

/** What is beside the scenario but no part of it. */
const notFiles: readonly string[] = ['scenario.json', 'expect.json'];

/** The scenario's files by name, sorted. Hidden folders, packages and files without an extension are left alone. */
function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !notFiles.includes(path) && isFileName(path) && !/(^|\/)(\.|node_modules\/)/.test(path))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readText(join(folder, path))]));
}

type ParsedJson =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'problem'; readonly place: string; readonly message: string };

function parseJson(text: string): ParsedJson {
  try {
    return { type: 'value', value: JSON.parse(text) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'problem', place: placeOfProblem(text), message };
  }
}

const located = (file: string, text: string) => {
  return (problem: Problem): string => `${file}:${lineOfPath(text, problem.path)}: ${describeProblem(problem)}`;
};
