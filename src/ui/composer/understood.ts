import { readCurl } from '../../clients/curl/curl-command';
import { blocks, type Place, type Problem as CurlProblem } from '../../clients/curl/problem';
import { type SentRequest, sentBy } from '../../clients/curl/write-curl';
import { parseIntervention } from '../../scenario/parse-intervention';
import type { Problem as ScenarioProblem } from '../../scenario/problem';
import { Reader } from '../../scenario/reader';

/** A pasted text, as it would be sent. */
export interface Understood {
  readonly requests: readonly SentRequest[];
  /** In the order of the text, each with its place in it. */
  readonly problems: readonly ComposerProblem[];
  /** Whether it must not be sent as it was understood. */
  readonly isBlocked: boolean;
}

export type ComposerProblem =
  | CurlProblem
  /** curl would send it, and the playground cannot. */
  | (Place & { readonly type: 'cannot-send'; readonly problem: ScenarioProblem; readonly header?: WrongHeader });

/** Of a header, what cannot be sent. */
interface WrongHeader {
  readonly name: string;
  readonly part: 'name' | 'value';
}

/** `files`: the scenario's, which are the working directory of `-d @file`. */
export function understood(text: string, files: Readonly<Record<string, string>>): Understood {
  if (text.trim() === '') return { requests: [], problems: [], isBlocked: true };
  const { requests: read, problems } = readCurl(text, { files });
  const requests = read.map(sentBy);
  const refused = requests
    .flatMap((request) =>
      problemsOf(request).map((problem) => {
        const header = wrongHeader(problem, request);
        return { type: 'cannot-send' as const, problem, ...(header && { header }), ...placeOf(request, text) };
      }),
    )
    .filter(({ problem }) => !isTold(problem, problems));
  const said = problems.filter((problem) => problem.type !== 'failed' || problem.text !== '');
  const all = [...said, ...refused].sort((a, b) => a.start - b.start || a.end - b.end);
  const isBlocked = requests.length === 0 || refused.length > 0 || problems.some(blocks);
  return { requests, problems: all, isBlocked };
}

/** What a scenario could not hold, it cannot send either. */
function problemsOf(request: SentRequest): readonly ScenarioProblem[] {
  const reader = new Reader();
  parseIntervention(reader, { type: 'http.request', atMs: 0, ...request }, '', { files: {}, services: new Set() });
  return reader.problems;
}

/** Names and values stand in one list, by turns. */
function wrongHeader({ path }: ScenarioProblem, { headers }: SentRequest): WrongHeader | undefined {
  const found = /^\.headers\[(\d+)\]$/.exec(path);
  if (found === null) return undefined;
  const at = Number(found[1]);
  return { name: headers[at - (at % 2)] ?? '', part: at % 2 === 0 ? 'name' : 'value' };
}

/** The reader says of a header with a line break where it stands. */
function isTold({ path }: ScenarioProblem, problems: readonly CurlProblem[]): boolean {
  return (
    path.startsWith('.headers') &&
    problems.some((problem) => problem.type === 'not-simulated' && problem.what === 'header-line-break')
  );
}

/** The reader does not say where a request was written: where its address begins, or else all of the text. */
function placeOf({ url }: SentRequest, text: string): Place {
  const start = text.indexOf(url.replace(/\/$/, ''));
  return start < 0 ? { start: 0, end: text.length } : { start, end: start + url.replace(/\/$/, '').length };
}
