import type { RunPlayer } from '../../player/player';
import type { Recorder } from '../../player/recorder';
import { type Fragment, galleryName } from '../../scenario/fragment';
import type { Scenario } from '../../scenario/scenario';
import type { Visit } from '../../storage/protocol';
import type { DurableStorage } from '../../storage/storage';
import type { LinkProblem } from '../services';
import type { Workbench } from '../workbench.svelte';
import { openFragment } from './links';
import { isOwnId } from './own-scenarios';
import { showRecorded } from './run-library';
import { readVisit, readVisitOf, writeVisit } from './session';

interface Parts {
  readonly workbench: Workbench;
  readonly player: RunPlayer;
  readonly storage: DurableStorage;
  readonly recorder: Recorder;
  /** A scenario of the gallery or of the reader's own. */
  readonly named: (id: string) => Promise<Scenario>;
  readonly isName: (text: string) => boolean;
  /** The page goes: what is not written yet is written. */
  readonly leaving: () => void;
}

/** What a first visit shows. */
const firstScenario = 'e-commerce';
const rememberWithinMs = 1_000;
/** Browsers take longer addresses too, and become slow. */
const addressCharsMax = 200_000;

/**
 * Ties what is open to the address and to the last visit.
 *
 * Invariants
 * 1. The fragment names what was opened from the gallery or by link; back and forward bring back the very run that was left
 *    there, or open what the fragment names when the run is not kept.
 * 2. A reload shows the same run, changes included, at the same instant; so does coming back with the same address, or none.
 * 3. A bad link opens nothing and leaves what was open; so does the gallery, before which the run waits.
 */
export class Navigation {
  readonly #parts: Parts;
  /** The fragment's text for what is open. */
  #opened: string | undefined;
  #remembered: Visit | undefined;
  #rememberSoon: ReturnType<typeof setTimeout> | undefined;
  /** Where each run was seen last while this page is open: what a step of the history remembers may be a moment older. */
  readonly #lastSeenAtMs = new Map<number, number>();
  #inGallery = false;
  /** It played when the gallery came, and plays on when the gallery is left. */
  #playsOn = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.player.onChange(() => this.#changed());
    addEventListener('popstate', (event) => void this.#goTo(readVisitOf(event.state)));
    addEventListener('hashchange', () => {
      if (readVisitOf(history.state) === undefined) void this.#followAddress();
    });
    addEventListener('pagehide', () => {
      this.remember();
      parts.leaving();
    });
  }

  /** At the start of the page. */
  begin(fragment: Fragment): Promise<void> {
    return this.#parts.workbench.arriving(this.#begin(fragment));
  }

  async #begin({ opened, view }: Fragment): Promise<void> {
    // After a reload it is where the reader was that counts, not the instant in the address.
    const isReload = readVisitOf(history.state) !== undefined;
    const visit = await readVisit(this.#parts.storage);
    const resumes = opened === '' || opened === galleryName || opened === visit?.opened;
    const resumed = visit !== undefined && resumes && (await this.#resume(visit));
    if (opened === galleryName || (opened !== '' && !resumed)) await this.#followAddress();
    else if (!resumed) await this.#openNamed(firstScenario);
    else if (!isReload && view.atMs !== undefined) this.#parts.player.seek(view.atMs);
  }

  /** A pasted link. A bad one is returned as its problem, and nothing is opened. */
  async openLink(url: string): Promise<LinkProblem | undefined> {
    const at = url.indexOf('#');
    const fragment = at === -1 ? `#${url.trim()}` : url.slice(at);
    const result = await openFragment(fragment, this.#parts.isName);
    if (result.type === 'problem') return result.problem;
    if (result.type === 'nothing') return { type: 'broken' };
    if (fragment === location.hash) await this.#followAddress();
    else location.hash = fragment;
    return undefined;
  }

  /** Before something that no address can name is on show: a recorded run, what was in a file. */
  openingUnnamed(): void {
    this.#opened = undefined;
    this.#parts.workbench.resumed(undefined);
    this.#inGallery = false;
    history.pushState(null, '', this.#address());
  }

  /** What was in a file. A link of its own names it, unless it is too large for one; so a reload finds it as soon as it is on show. */
  async openUnnamed(scenario: Scenario): Promise<void> {
    const link = await import('../../scenario/link')
      .then(({ encodeLink }) => encodeLink(scenario))
      .catch(() => undefined);
    this.openingUnnamed();
    if (link !== undefined && link.length <= addressCharsMax) {
      this.#opened = link;
      history.replaceState(history.state, '', this.#address());
    }
    this.#parts.workbench.open(scenario, { autoplay: false });
  }

  /** What is open has been kept under a name of its own; `undefined`: it is not kept under one any more. */
  kept(id: string | undefined): void {
    const { workbench } = this.#parts;
    workbench.keptAs(id);
    this.#opened = id;
    // The gallery, before which this may happen, stays where it is.
    if (workbench.galleryOpen) return;
    if (id !== undefined) return this.#push();
    // Nothing is at the address any more that one could come back to.
    history.replaceState(null, '', this.#address());
    this.#remembered = undefined;
    this.remember();
  }

  /** A run goes on where it was left; its scenario begins anew when the run is not kept any more. */
  async goOn(visit: Visit & { readonly opened: string }): Promise<void> {
    const { workbench } = this.#parts;
    if (visit.opened !== workbench.openId && !(await this.#resume(visit))) {
      location.hash = visit.opened;
      return;
    }
    this.#hideGallery();
    this.#push();
  }

  /** From the gallery to what is open; to the first scenario when nothing is. */
  async leaveGallery(): Promise<void> {
    this.#hideGallery();
    this.#push();
    if (this.#parts.player.status === 'empty') await this.#openNamed(firstScenario);
  }

  /** Keeps what a reload needs. */
  remember(): void {
    const { recorder, player, storage, workbench } = this.#parts;
    if (recorder.run === undefined) return;
    const { playheadMs: atMs } = player;
    const visit: Visit = { run: recorder.run, atMs, opened: this.#opened, file: workbench.activeFile };
    if (isSame(visit, this.#remembered)) return;
    this.#remembered = visit;
    writeVisit(storage, visit);
    // Where something else has just been asked for, it is not this run that was left.
    if (linkOf(location.hash) === (this.#opened ?? '')) history.replaceState(visit, '');
  }

  /** A further step in the browser's history, to what is open. */
  #push(): void {
    history.pushState(null, '', this.#address());
    this.#remembered = undefined;
    this.remember();
  }

  async #resume(visit: Visit): Promise<boolean> {
    const { player, workbench } = this.#parts;
    const onOpening = (): void => {
      this.#opened = visit.opened;
      this.#inGallery = false;
      workbench.resumed(visit.opened);
      workbench.activeFile = visit.file;
    };
    // Before it is on show again, from its beginning.
    const atMs = this.#lastSeenAtMs.get(visit.run) ?? visit.atMs;
    const run = await showRecorded(this.#parts, visit.run, { seen: false, onOpening });
    if (run === undefined) return false;
    player.seek(atMs);
    this.remember();
    return true;
  }

  /** Back or forward, to where a run was left. */
  async #goTo(visit: Visit | undefined): Promise<void> {
    if (visit === undefined) return;
    if (visit.run === this.#parts.recorder.run) this.#hideGallery();
    else if (!(await this.#resume(visit))) await this.#followAddress();
  }

  async #followAddress(): Promise<void> {
    const { workbench } = this.#parts;
    const result = await openFragment(location.hash, this.#parts.isName);
    switch (result.type) {
      case 'nothing':
        this.#hideGallery();
        return;
      case 'gallery':
        this.#showGallery();
        return;
      case 'problem':
        this.#hideGallery();
        workbench.openDialog({ type: 'bad-link', problem: result.problem });
        if (result.problem.type !== 'not-arrived' && workbench.playerNow.status !== 'empty')
          history.replaceState(null, '', this.#address());
        return;
      case 'name':
        if (result.name === workbench.openId) this.#backTo(result.atMs);
        else await this.#openNamed(result.name, result.atMs);
        return;
      case 'scenario': {
        const { scenario, version, length, atMs } = result;
        const link = linkOf(location.hash);
        const goesOn = this.#inGallery || (atMs !== undefined && workbench.stranger === undefined);
        if (link === this.#opened && goesOn) {
          this.#backTo(workbench.stranger === undefined ? atMs : undefined);
          return;
        }
        this.#opened = link;
        this.#inGallery = false;
        // Run goes to the instant that the sender looked at, and pauses there.
        workbench.open(scenario, { autoplay: false, stranger: { version, length }, pauseAtMs: atMs });
      }
    }
  }

  /** Plays from the beginning, or stands at the instant that the address names; what is the reader's own waits for Run. */
  async #openNamed(id: string, atMs?: number): Promise<void> {
    const { workbench } = this.#parts;
    try {
      const scenario = await workbench.arriving(this.#parts.named(id));
      this.#opened = id;
      this.#inGallery = false;
      workbench.open(scenario, isOwnId(id) ? { autoplay: false, id } : { autoplay: atMs === undefined, atMs, id });
    } catch {
      const isOwn = isOwnId(id);
      const isEmpty = workbench.playerNow.status === 'empty';
      const again = { label: workbench.t.pane.again, run: () => void this.#openNamed(id, atMs) };
      // Those of the gallery come over the network.
      const { notHere } = workbench.t.gallery;
      workbench.showToast(isOwn ? { text: notHere } : { text: workbench.t.pane.noAnswer, action: again });
      this.#hideGallery();
      // Its address stays, so that loading the page again opens it.
      if (isEmpty && !isOwn) return;
      if (isEmpty) await this.#openNamed(firstScenario);
      history.replaceState(null, '', this.#address());
    }
  }

  /** To what is open already, from the gallery or not; at the instant that the address names, if it does. */
  #backTo(atMs: number | undefined): void {
    this.#hideGallery();
    if (atMs === undefined) return;
    this.#parts.player.pause();
    this.#parts.player.seek(atMs);
  }

  #showGallery(): void {
    const { workbench, player } = this.#parts;
    if (this.#inGallery) return;
    this.#inGallery = true;
    this.#playsOn = player.status === 'playing';
    workbench.galleryOpen = true;
    player.pause();
  }

  #hideGallery(): void {
    const { workbench, player } = this.#parts;
    if (!this.#inGallery) return;
    this.#inGallery = false;
    workbench.galleryOpen = false;
    if (this.#playsOn) player.run();
  }

  /** Names what is open. */
  #address(): string {
    return location.pathname + location.search + (this.#opened === undefined ? '' : `#${this.#opened}`);
  }

  #changed(): void {
    const { workbench } = this.#parts;
    const { openId, galleryOpen } = workbench;
    const isNew = openId !== undefined && openId !== this.#opened && this.#parts.isName(openId);
    if (isNew) this.#opened = openId;
    const left = this.#inGallery && !galleryOpen;
    if (left) this.#inGallery = false;
    if (isNew || left) this.#push();
    const { recorder, player } = this.#parts;
    if (recorder.run !== undefined) this.#lastSeenAtMs.set(recorder.run, player.playheadMs);
    if (this.#rememberSoon !== undefined) return;
    this.#rememberSoon = setTimeout(() => {
      this.#rememberSoon = undefined;
      this.remember();
    }, rememberWithinMs);
  }
}

function linkOf(hash: string): string {
  return hash.replace(/^#/, '').split('&')[0] ?? '';
}

function isSame(one: Visit, other: Visit | undefined): boolean {
  return one.run === other?.run && one.atMs === other.atMs && one.opened === other.opened && one.file === other.file;
}
