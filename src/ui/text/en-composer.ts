import type { NotSimulated } from '../../clients/curl/problem';
import { enFormat as f } from './format';
import type { Translated } from './text';

/** The composer of requests. It comes with its dialog, so that nobody loads it who does not send any. */
export const enComposer = {
  title: 'Send an HTTP request',
  at: (at: string) => `at ${at}`,
  views: 'Write it as',
  asCurl: 'curl command',
  asForm: 'Form',
  command: 'A curl command, or several, as they stand in a terminal',
  example: `curl -X POST http://localhost:5000/webhook/order \\
  -H "Content-Type: application/json" \\
  -d '{"order_id": 777, "status": "created"}'`,
  problems: 'What is wrong with the command',
  line: (line: number) => `line ${f.number(line)}`,
  goThere: 'Select it in the command',
  notSimulated: {
    'shell-syntax': (name: string) => `${name} needs a real shell, which is not simulated.`,
    command: (name: string) => `${name} is not simulated: only curl is.`,
    substitution: (name: string) => `${name} would run a command; that is not simulated. Write its result instead.`,
    redirection: (name: string) => `The redirection ${name} is not simulated.`,
    pipe: (name: string) => `The pipe to ${name} is not simulated.`,
    option: (name: string) => `${name} is not simulated.`,
    'client-certificate': (name: string) =>
      `${name}: client certificates are not simulated, as nothing here is encrypted.`,
    proxy: (name: string) => `${name}: proxies are not simulated.`,
    authentication: (name: string) => `${name}: of authentication only Basic (-u) and Bearer are simulated.`,
    protocol: (name: string) => `${name} is not simulated: only http: is.`,
    'header-line-break': (name: string) => `${name}: a header cannot hold a line break.`,
    'standard-input': (name: string) =>
      `${name} reads from the terminal, which is not simulated. Write the data itself.`,
    file: (name: string) =>
      `${name} is not among the scenario’s files, and no others can be read. Add it there, or write the data itself.`,
    'too-many-requests': (name: string) => `${name} stands for too many requests.`,
  } satisfies Record<NotSimulated, (name: string) => string>,
  withoutEffect: (name: string) => `${name} changes nothing here.`,
  variableUnset: (name: string) => `${name} has no value here: nothing stands in its place.`,
  windowsLine: (mark: string) =>
    `The line ends with ${mark}, as for a Windows shell. Copy the command for bash, where it ends with \\.`,
  prompt: (mark: string) => `${mark} is the prompt of the terminal, not part of the command: take it away.`,
  unclosedQuote: 'The quote that opens here is never closed: close it, or write \\ before it.',
  badHeader: {
    name: (name: string) =>
      `A header cannot be called “${name}”: write its name, a colon and its value; the name has letters, digits and hyphens.`,
    value: (name: string) => `The value of ${name} has a character that no header may have: take it out.`,
  },
  bareCurl: 'curl: no URL specified! Say where the request should go: curl http://localhost:3000/',
  passwordMissing: 'No password is given: it is empty here, where curl would ask for it.',
  earlier: 'Back to the earlier text',
  which: 'Which of the requests',
  method: 'Method',
  url: 'URL',
  headers: 'Headers, one a line',
  body: 'Body',
  format: 'Format JSON',
  notJson: (line: number, column: number, expected: string) =>
    `No JSON: line ${f.number(line)}, column ${f.number(column)}, ${expected}. It can be sent all the same.`,
  understood: (count: number) =>
    count === 1 ? 'Understood as this request' : `Understood as these ${f.number(count)} requests`,
  nothing: 'Paste a command, or fill in the form.',
  blocked: 'The command cannot be sent as it stands: see what is wrong below it.',
  over: 'The run is over at this instant. Go back to an earlier one to send something.',
  notReady: 'There is no run to send it to.',
  about: 'It becomes an intervention on the timeline.',
  send: (count: number) => (count > 1 ? `Send ${f.number(count)} requests` : 'Send request'),
  sent: (count: number) => (count > 1 ? `${f.number(count)} requests were sent` : 'The request was sent'),
  close: 'Close',
  noAnswerYet: (at: string) => `No answer up to ${at}, as far as the run is computed.`,
  noAnswer: 'The run ended without an answer.',
  gone: 'The request was removed from the timeline.',
  notApplied: (reason: string) => `It was refused: ${reason}`,
  timing: {
    there: (time: string) => `${time} there`,
    handler: (time: string, process: string) => `${time} in ${process}`,
    back: (time: string) => `${time} back`,
    total: (time: string) => `${time} in all`,
    title: 'Timing, in virtual time',
  },
  caused: 'What it caused',
  causedNothing: 'Nothing so far, beside the answer.',
  more: (count: number) => `and ${f.number(count)} more, in the log`,
  goTo: (at: string) => `Go to ${at}`,
  onTimeline: 'Show on the timeline',
  advice: {
    listensElsewhere: (port: number, processes: string) => `Nobody listens at port ${String(port)}. ${processes}.`,
    listens: (process: string, ports: string) => `${process} listens at ${ports}`,
    usePort: (port: number) => `Use port ${String(port)}`,
    nobody: (port: number) =>
      `Nobody listens anywhere at this instant. A server has to run and to call listen(${String(port)}) first.`,
    down: (process: string) => `${process} is not running: restart it, and send again.`,
    restart: (process: string) => `Restart ${process}`,
    again: (process: string, port: number) => `${process} listens at ${String(port)} by now: send it again.`,
    unknownHost: (names: string) => `No process has that name. There are: ${names}.`,
    cut: 'The link is cut, or nothing came through it. Mend it, and send again.',
    reset: 'The server hung up, or its process ended, before the answer was complete.',
  },
  history: 'Requests from outside, on the timeline',
  edit: (name: string) => `Take ${name} into the composer`,
};

export type ComposerText = Translated<typeof enComposer>;
