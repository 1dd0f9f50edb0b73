import { curlCommandOf, headerPairs, ownHeaders, type SentRequest } from '../../clients/curl/write-curl';
import { curlVersion } from '../../clients/curl/request';
import { requestTarget } from '../../clients/http/request-url';
import type { Workbench } from '../workbench.svelte';
import { ExchangeWatch } from './exchange-watch';
import { understood } from './understood';

/** A request as the form shows it: without what curl adds by itself. */
export interface FormFields {
  readonly method: string;
  readonly url: string;
  /** `Name: value`, a header a line. */
  readonly headers: string;
  readonly body: string;
}

export interface Sent {
  readonly request: SentRequest;
  readonly atMs: number;
  readonly watch: ExchangeWatch;
}

const textName = 'composer-text';
/** A browser may refuse to keep more. */
const keptCharsMax = 100_000;

/**
 * What is being composed. The text is the truth: it is a script of curl commands, and the form is a view of what was understood of it.
 *
 * Invariants
 * 1. What was typed is kept, in the browser too; what takes its place leaves it as `earlier`.
 * 2. Only what was understood is sent.
 */
export class ComposerDesk {
  readonly #workbench: Workbench;
  #text = $state('');
  #earlier: string | undefined = $state();
  /** With the text that they were sent from. */
  #last: { readonly text: string; readonly sent: readonly Sent[] } = $state.raw({ text: '', sent: [] });
  #at = $state(0);
  #turns = $state(0);
  readonly #understood = $derived.by(() => understood(this.#text, this.#workbench.player.scenario.files));

  /** `text`: what to begin with instead of what was there last. */
  constructor(workbench: Workbench, text: string | undefined) {
    this.#workbench = workbench;
    this.#text = workbench.preferences.read(textName) ?? '';
    if (text !== undefined) this.replace(text);
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    if (text.length <= keptCharsMax) this.#workbench.preferences.write(textName, text);
  }

  /** What stood here before something else took its place. */
  get earlier(): string | undefined {
    return this.#earlier;
  }

  replace(text: string): void {
    if (text === this.#text) return;
    this.#keepEarlier();
    this.text = text;
    this.#turns++;
  }

  /** Grows whenever another request is on show; not while one is being written. */
  get turns(): number {
    return this.#turns;
  }

  #keepEarlier(): void {
    if (this.#text.trim() !== '') this.#earlier = this.#text;
  }

  get understood() {
    return this.#understood;
  }

  /** Of the text that stands here: under another command its answers would be mistaken for those of that one. */
  get sent(): readonly Sent[] {
    const { text, sent } = this.#last;
    return text === this.#text ? sent : [];
  }

  /** Which of the requests the form shows. */
  get at(): number {
    return Math.min(this.#at, Math.max(0, this.understood.requests.length - 1));
  }

  set at(at: number) {
    this.#at = at;
    this.#turns++;
  }

  get form(): FormFields {
    const request = this.understood.requests[this.at];
    if (request === undefined)
      return { method: 'POST', url: this.firstUrl, headers: 'Content-Type: application/json', body: '' };
    const { method, url, body = '' } = request;
    // The type of a body is worth seeing, whoever named it.
    const own = new Set(ownHeaders(request).map(([name]) => name));
    const shown = headerPairs(request).filter(([name]) => own.has(name) || name.toLowerCase() === 'content-type');
    return { method, url, headers: headerLines(shown), body };
  }

  /** A field was changed: the command follows. */
  fill(changed: Partial<FormFields>): void {
    const { requests } = this.understood;
    const filled = requestOf({ ...this.form, ...changed });
    const all = requests.length === 0 ? [filled] : requests.map((one, at) => (at === this.at ? filled : one));
    const text = all.map(curlCommandOf).join('\n');
    const isWritten = requests.map(curlCommandOf).join('\n') === this.#text;
    if (!isWritten) this.#keepEarlier();
    this.text = text;
  }

  /** Where a request may go: open ports, and addresses that were called before. */
  get urls(): readonly string[] {
    const { system, scenario } = this.#workbench.player;
    const ports = [...system.processes.values()].flatMap(({ ports: open }) => [...open]);
    const called = scenario.interventions.flatMap((one) => (one.type === 'http.request' ? [one.url] : []));
    return [...new Set([...ports.map((port) => `http://localhost:${String(port)}/`), ...called])];
  }

  get firstUrl(): string {
    return this.urls[0] ?? 'http://localhost:5000/';
  }

  /** At the playhead, in the order of the text. */
  send(): void {
    const { requests, isBlocked } = this.understood;
    if (isBlocked) return;
    const player = this.#workbench.playerNow;
    const { playheadMs } = player;
    const [first, ...more] = requests.map((request) => ({ type: 'http.request' as const, ...request }));
    if (first === undefined) return;
    player.intervene(first, ...more);
    // They went behind all that happens at the same instant.
    const { interventions } = player.scenario;
    const firstIndex = interventions.findLastIndex(({ atMs }) => atMs <= playheadMs) + 1 - requests.length;
    const sent = requests.map((request, n) => ({
      request,
      atMs: playheadMs,
      watch: new ExchangeWatch(player, firstIndex + n),
    }));
    this.#last = { text: this.#text, sent };
  }

  /** The same command to another port. */
  usePort(from: number, to: number): void {
    this.replace(this.#text.replaceAll(`:${String(from)}`, `:${String(to)}`));
  }
}

function headerLines(headers: readonly (readonly [string, string])[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join('\n');
}

/** What curl adds is added here too, so that the command and the form send the same. */
function requestOf({ method, url, headers, body }: FormFields): SentRequest {
  const own = headers.split('\n').flatMap((line) => {
    const [, name = '', value = ''] = /^\s*([^:]*?)\s*:\s*(.*?)\s*$/.exec(line) ?? ['', line.trim()];
    return name === '' ? [] : [name, value];
  });
  const request = { method, url: url.trim(), headers: own, ...(body !== '' && { body }) };
  const names = new Set(headerPairs(request).map(([name]) => name.toLowerCase()));
  const standard: readonly (readonly [string, string])[] = [
    ['Host', requestTarget(request.url)?.host ?? ''],
    ['User-Agent', `curl/${curlVersion}`],
    ['Accept', '*/*'],
  ];
  const added = standard.filter(([name]) => !names.has(name.toLowerCase())).flat();
  return { ...request, headers: [...added, ...own] };
}
