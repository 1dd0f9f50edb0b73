import { galleryName, parseFragment } from '../../scenario/fragment';
import type { LinkProblem as CodecProblem } from '../../scenario/link';
import type { Scenario } from '../../scenario/scenario';
import type { LinkProblem } from '../services';

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
  // Most addresses hold none.
  const codec = await import('../../scenario/link').catch(() => undefined);
  if (codec === undefined) return { type: 'problem', problem: { type: 'not-arrived', link: fragment } };
  const decoded = await codec.decodeLink(opened);
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
