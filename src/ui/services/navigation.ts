import type { RunPlayer } from '../../player/player';
import type { Recorder } from '../../player/recorder';
import type { Scenario } from '../../scenario/scenario';
import type { Visit } from '../../storage/protocol';
import type { DurableStorage } from '../../storage/storage';
import type { LinkProblem } from '../services';
import type { Workbench } from '../workbench.svelte';
import { openFragment } from './links';
import { showRecorded } from './run-library';
import { readVisit, writeVisit } from './session';

interface Parts {
  readonly workbench: Workbench;
  readonly player: RunPlayer;
  readonly storage: DurableStorage;
  readonly recorder: Recorder;
  /** A scenario of the gallery or of the reader's own. */
  named(id: string): Promise<Scenario>;
  readonly isName: (text: string) => boolean;
}

/** What a first visit shows. */
const firstScenario = 'e-commerce';
const rememberEveryMs = 1_000;

/**
 * Ties what is open to the address and to the last visit.
 *
 * Invariants
 * 1. The fragment names what was opened from the gallery or by link; back and forward open what they name.
 * 2. A reload shows the same run, changes included, at the same instant; so does coming back with the same address, or none.
 * 3. A bad link opens nothing and leaves what was open.
 */
export class Navigation {
  readonly #parts: Parts;
  /** The fragment's text for what is open. */
  #opened: string | undefined;
  #remembered: Visit | undefined;
  #rememberedAtMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.player.onChange(() => this.#changed());
    addEventListener('hashchange', () => void this.#followAddress());
    addEventListener('pagehide', () => this.remember());
  }

  /** At the start of the page. */
  async begin(opened: string): Promise<void> {
    const visit = await readVisit(this.#parts.storage);
    if (visit && (opened === '' || opened === visit.opened) && (await this.#resume(visit))) return;
    if (opened !== '') await this.#followAddress();
    else await this.#openNamed(firstScenario);
  }

  /** A pasted link. A bad one is returned as its problem, and nothing is opened. */
  async openLink(url: string): Promise<LinkProblem | undefined> {
    const at = url.indexOf('#');
    const fragment = at === -1 ? url.trim() : url.slice(at);
    const result = await openFragment(fragment, this.#parts.isName);
    if (result.type === 'problem') return result.problem;
    if (result.type === 'nothing') return { type: 'broken' };
    location.hash = fragment.replace(/^#/, '');
    return undefined;
  }

  /** A run from the history is on show: the address names nothing any more. */
  openedRecorded(): void {
    this.#opened = undefined;
    history.pushState(null, '', location.pathname + location.search);
    this.remember();
  }

  /** Keeps what a reload needs. */
  remember(): void {
    const { recorder, player, storage } = this.#parts;
    if (recorder.run === undefined) return;
    const visit: Visit = { run: recorder.run, atMs: player.playheadMs, opened: this.#opened };
    if (isSame(visit, this.#remembered)) return;
    this.#remembered = visit;
    writeVisit(storage, visit);
  }

  async #resume(visit: Visit): Promise<boolean> {
    const { player, workbench } = this.#parts;
    const run = await showRecorded(this.#parts, visit.run, { seen: false });
    if (run === undefined) return false;
    this.#opened = visit.opened;
    workbench.resumed(visit.opened);
    player.seek(visit.atMs);
    return true;
  }

  async #followAddress(): Promise<void> {
    const { workbench } = this.#parts;
    const result = await openFragment(location.hash, this.#parts.isName);
    switch (result.type) {
      case 'nothing':
        return;
      case 'problem':
        workbench.openDialog({ type: 'bad-link', problem: result.problem });
        return;
      case 'name':
        if (result.name !== workbench.openId) await this.#openNamed(result.name);
        return;
      case 'scenario': {
        const { scenario, version, length, atMs } = result;
        this.#opened = linkOf(location.hash);
        // Run goes to the instant that the sender looked at, and pauses there.
        workbench.open(scenario, { autoplay: false, stranger: { version, length }, pauseAtMs: atMs });
      }
    }
  }

  async #openNamed(id: string): Promise<void> {
    this.#opened = id;
    this.#parts.workbench.open(await this.#parts.named(id), { autoplay: true, id });
  }

  #changed(): void {
    const { workbench } = this.#parts;
    const { openId } = workbench;
    if (openId !== undefined && openId !== this.#opened && this.#parts.isName(openId)) {
      this.#opened = openId;
      history.pushState(null, '', `#${encodeURIComponent(openId)}`);
    }
    const nowMs = performance.now();
    if (nowMs - this.#rememberedAtMs < rememberEveryMs) return;
    this.#rememberedAtMs = nowMs;
    this.remember();
  }
}

function linkOf(hash: string): string {
  return hash.replace(/^#/, '').split('&')[0] ?? '';
}

function isSame(one: Visit, other: Visit | undefined): boolean {
  return one.run === other?.run && one.atMs === other.atMs && one.opened === other.opened;
}
