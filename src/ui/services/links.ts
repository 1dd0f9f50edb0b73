import { formatFragment, galleryName, parseFragment, type LinkView } from '../../scenario/fragment';
import {
  decodeLink,
  encodeLink,
  jsonBytesMax,
  LinkTooLarge,
  type LinkProblem as CodecProblem,
} from '../../scenario/link';
import { checkScenario } from '../../scenario/parse';
import type { Scenario } from '../../scenario/scenario';
import type { LinkProblem, SharedLink, UnsharedLink } from '../services';

/** A link to the very run: its files, seed and interventions; and to how it is looked at, the instant on show first. */
export async function shareLink(
  definition: Scenario,
  view: LinkView,
  note: string,
): Promise<SharedLink | UnsharedLink> {
  const shared: Scenario = { ...definition, note };
  const { atMs = 0, ...rest } = view;
  const problems = checkScenario(shared);
  if (problems.length > 0) return { type: 'invalid', problems };
  try {
    const fragment = formatFragment({ opened: await encodeLink(shared), view: atMs > 0 ? view : rest });
    const url = `${location.origin}${location.pathname}${fragment}`;
    return { type: 'link', url, length: url.length };
  } catch (error) {
    if (error instanceof LinkTooLarge) return { type: 'too-large', maxBytes: jsonBytesMax };
    throw error;
  }
}

export type OpenedFragment =
  | { readonly type: 'nothing' }
  | { readonly type: 'gallery' }
  | { readonly type: 'name'; readonly name: string; readonly atMs: number | undefined }
  | {
      readonly type: 'scenario';
      readonly scenario: Scenario;
      readonly version: number;
      readonly length: number;
      readonly atMs: number | undefined;
    }
  | { readonly type: 'problem'; readonly problem: LinkProblem };

/** What a fragment of the address opens: a scenario, something by name, or a problem that says why nothing. */
export async function openFragment(fragment: string, isName: (text: string) => boolean): Promise<OpenedFragment> {
  const { opened, view } = parseFragment(fragment);
  if (opened === '') return { type: 'nothing' };
  if (opened === galleryName) return { type: 'gallery' };
  if (isName(opened)) return { type: 'name', name: opened, atMs: view.atMs };
  const decoded = await decodeLink(opened);
  if (decoded.type !== 'scenario') return { type: 'problem', problem: problemOf(decoded, opened) };
  const version = Number(opened.split('.')[0]);
  return { type: 'scenario', scenario: decoded.scenario, version, length: fragment.length, atMs: view.atMs };
}

function problemOf(problem: CodecProblem, opened: string): LinkProblem {
  switch (problem.type) {
    case 'truncated':
      return { type: 'cut-short', length: problem.has, expected: problem.expected };
    case 'too-new':
      return { type: 'too-new', version: problem.version };
    case 'too-large':
      return { type: 'too-big', maxBytes: problem.bytesMax };
    case 'invalid-scenario':
      return { type: 'invalid', problems: problem.problems };
    case 'not-a-link':
      return /^[\p{L}\p{N}_-]{1,60}$/u.test(opened) ? { type: 'unknown-name', name: opened } : { type: 'broken' };
    case 'corrupt':
      return { type: 'broken' };
  }
}
