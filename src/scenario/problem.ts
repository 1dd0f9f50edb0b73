import { unreachable } from '../kernel/assert';

/**
 * What keeps a scenario from being opened, as data: `path` says where in the document, as in `processes[1].file`, and
 * is empty for the document itself. The screen has its own words for each type; scripts use `describeProblem`.
 */
export type Problem =
  | { readonly type: 'missing'; readonly path: string }
  | { readonly type: 'wrong-kind'; readonly path: string; readonly wanted: Kind }
  | { readonly type: 'out-of-range'; readonly path: string; readonly min: number; readonly max: number }
  | { readonly type: 'too-many'; readonly path: string; readonly count: number; readonly max: number }
  | { readonly type: 'too-long'; readonly path: string; readonly charsMax: number }
  | { readonly type: 'too-large'; readonly path: string; readonly bytes: number; readonly bytesMax: number }
  | { readonly type: 'unknown-choice'; readonly path: string; readonly choices: readonly string[] }
  | { readonly type: 'unknown-file'; readonly path: string; readonly file: string }
  | { readonly type: 'unknown-process'; readonly path: string; readonly process: string }
  | { readonly type: 'name-taken'; readonly path: string; readonly name: string }
  | { readonly type: 'bad-process-name'; readonly path: string; readonly name: string }
  | { readonly type: 'bad-file-name'; readonly path: string; readonly name: string }
  | { readonly type: 'bad-instant'; readonly path: string }
  | { readonly type: 'bad-json'; readonly path: string }
  | { readonly type: 'bad-pattern'; readonly path: string }
  /** No HTTP request can be made of it. */
  | { readonly type: 'bad-request'; readonly path: string; readonly part: 'method' | 'url' | 'header' }
  /** A broker would not accept it. `text`: its words. */
  | { readonly type: 'refused'; readonly path: string; readonly text: string }
  /** RabbitMQ has it, and this simulation has not. */
  | { readonly type: 'not-simulated'; readonly path: string; readonly what: string }
  /** Only ever a warning: it would begin after the run's end. */
  | { readonly type: 'after-end'; readonly path: string; readonly durationMs: number }
  /** Only warnings: a broker has no use for it; it belongs to a virtual host that was left out, or taken for the only one. */
  | { readonly type: 'no-effect'; readonly path: string }
  | { readonly type: 'other-vhost'; readonly path: string; readonly vhost: string }
  | { readonly type: 'renamed-vhost'; readonly path: string; readonly vhost: string }
  /** Only ever a warning: the key is left out. */
  | { readonly type: 'unknown-key'; readonly path: string };

export type Kind = 'object' | 'list' | 'text' | 'number' | 'whole number' | 'flag';

/** The problem as one English sentence without a full stop. */
export function describeProblem(problem: Problem): string {
  const where = problem.path === '' ? 'the scenario' : problem.path;
  switch (problem.type) {
    case 'missing':
      return `${where} is missing`;
    case 'wrong-kind':
      return `${where} should be ${wording[problem.wanted]}`;
    case 'bad-json':
      return `${where} is nested too deep or holds a number that JSON has no way to write`;
    case 'out-of-range':
      return `${where} should be from ${problem.min} to ${problem.max}`;
    case 'too-many':
      return `${where} has ${problem.count} items, at most ${problem.max} are possible`;
    case 'too-long':
      return `${where} is longer than ${problem.charsMax} characters`;
    case 'too-large':
      return `${where} takes ${problem.bytes} bytes, at most ${problem.bytesMax} are possible`;
    case 'unknown-choice':
      return `${where} should be one of ${problem.choices.join(', ')}`;
    case 'unknown-file':
      return `${where} names ${problem.file}, which is not among the files`;
    case 'unknown-process':
      return `${where} names ${problem.process}, which is not among the processes`;
    case 'name-taken':
      return `${where}: the name ${problem.name} is taken`;
    case 'bad-process-name':
      return `${where}: "${problem.name}" cannot be the name of a process (no "#", no "/", not "you", no spaces around it)`;
    case 'bad-file-name':
      return `${where}: "${problem.name}" cannot be the name of a file (relative, "/" between folders, with an extension)`;
    case 'bad-instant':
      return `${where} should be an instant like 2026-01-01T00:00:00.000Z`;
    case 'bad-pattern':
      return `${where} should be a regular expression`;
    case 'bad-request':
      return `${where} should be ${requestPart[problem.part]}`;
    case 'refused':
      return `${where} is refused by the broker: ${problem.text}`;
    case 'not-simulated':
      return `${where}: Eventarium does not simulate ${problem.what}`;
    case 'after-end':
      return `${where} lies after the end of the run, which lasts ${problem.durationMs} ms: it never begins`;
    case 'no-effect':
      return `${where} has no effect here`;
    case 'other-vhost':
      return `${where}: what belongs to the virtual host ${problem.vhost} was left out, since there is only one, "/"`;
    case 'renamed-vhost':
      return `${where}: the virtual host ${problem.vhost} became "/", the only one there is`;
    case 'unknown-key':
      return `${where} is not known and was left out`;
    default:
      return unreachable(problem);
  }
}

const requestPart = {
  method: 'a method like POST',
  url: 'an address like http://localhost:5000/orders (https is not simulated)',
  header: 'the name or the value of a header, in turn, without line breaks',
} as const;

const wording: Readonly<Record<Kind, string>> = {
  object: 'an object',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  'whole number': 'a whole number',
  flag: 'true or false',
};
