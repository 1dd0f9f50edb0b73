import { blocks } from '../../clients/curl/problem';
import type { Problem as ScenarioProblem } from '../../scenario/problem';
import type { ComposerText } from '../text/en-composer';
import type { ComposerProblem } from './understood';

/** Whether it keeps the text from being sent. */
export function isGrave(problem: ComposerProblem): boolean {
  return problem.type === 'cannot-send' || blocks(problem);
}

export function problemText(
  problem: ComposerProblem,
  t: ComposerText,
  scenarioProblem: (problem: ScenarioProblem) => string,
): string {
  switch (problem.type) {
    case 'failed':
      return problem.what === 'unclosed-quote' ? `${problem.text}. ${t.unclosedQuote}` : problem.text;
    case 'warned':
      return problem.lines.map((line) => `Warning: ${line}`).join('\n');
    case 'not-simulated':
      return t.notSimulated[problem.what](problem.name);
    case 'without-effect':
      return t.withoutEffect(problem.name);
    case 'variable-unset':
      return t.variableUnset(problem.name);
    case 'windows-line':
      return t.windowsLine(problem.mark);
    case 'bare':
      return t.bareCurl;
    case 'prompt':
      return t.prompt(problem.mark);
    case 'password-missing':
      return t.passwordMissing;
    case 'cannot-send':
      if (problem.header !== undefined) return t.badHeader[problem.header.part](problem.header.name);
      return scenarioProblem(problem.problem);
  }
}

/** From 1. */
export function lineOf(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

export interface MarkedPiece {
  readonly text: string;
  readonly kind: 'plain' | 'mild' | 'grave';
}

/** The text in pieces, the places of its problems among them. Where two overlap, the graver counts. */
export function markedPieces(text: string, problems: readonly ComposerProblem[]): readonly MarkedPiece[] {
  const edges = [...new Set([0, text.length, ...problems.flatMap(({ start, end }) => [start, end])])];
  const sorted = edges.filter((edge) => edge <= text.length).sort((a, b) => a - b);
  return sorted.slice(1).map((end, at) => {
    const start = sorted[at]!;
    const here = problems.filter((problem) => problem.start < end && problem.end > start);
    const kind = here.some(isGrave) ? 'grave' : here.length > 0 ? 'mild' : 'plain';
    return { text: text.slice(start, end), kind };
  });
}
