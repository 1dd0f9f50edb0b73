import type { Opening, Player } from '../player/player-face';
import { emptyQuery, type LogQuery } from '../projections/log-query';
import type { Scenario } from '../scenario/scenario';
import { Beat } from './beat.svelte';
import { actsOnRun, type DialogRequest } from './dialog-request';
import type { Preferences } from './preferences';
import { emptyTrail, follow, walk, type Selection, type Trail } from './selection';
import type { Stranger } from './services';
import { PaneLayout, type PaneName } from './shell/pane-layout.svelte';
import type { Format, Language } from './text/format';
import type { Text } from './text/text';
import { loadWords, type Words } from './text/words';
import { ThemeChoice, type Theme } from './theme-choice.svelte';
import { ViewChoice } from './view-choice.svelte';

export type { DialogRequest } from './dialog-request';
export type { Selection } from './selection';

const easeMs = 100;

export interface Toast {
  readonly text: string;
  /** At most one. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Its action takes something back: while it stands, the undo key does the same. */
  readonly undoes?: true;
}

/** Someone asked to see a line. A new object each time, so that asking twice works. */
export interface CodeRequest {
  readonly file: string;
  readonly line: number;
}

/**
 * The one place where Svelte meets the player. The player is plain and mutable; `version` grows once per batch of its
 * changes, and whatever reads the player through here is read again then.
 *
 * Invariants
 * 1. One selection, one playhead: panes keep neither of their own.
 * 2. Nothing of the player is copied into state.
 */
export class Workbench {
  readonly layout: PaneLayout;
  /** The views beside it, and which one is on show. */
  readonly views: ViewChoice;
  readonly #player: Player;
  readonly #preferences: Preferences;
  readonly #stop: () => void;
  readonly #stopRefusals: () => void;
  readonly #ease: Beat;
  readonly #stopEase: () => void;
  #version = $state(0);
  #pending = false;
  #trail: Trail = $state.raw(emptyTrail);
  readonly #theme: ThemeChoice;
  #words: Words = $state.raw()!;
  #wanted: Language;
  #file: string | undefined = $state();
  #codeRequest: CodeRequest | undefined = $state.raw();
  #logSearchRequest = $state(0);
  #logQuery: LogQuery = $state.raw(emptyQuery);
  #consoleQuery: LogQuery = $state.raw(emptyQuery);
  #openId: string | undefined = $state();
  #openings = $state(0);
  #arriving = $state(0);
  #stranger: Stranger | undefined = $state.raw();
  #galleryOpen = $state(false);
  #dialog: DialogRequest | undefined = $state.raw();
  #toast: Toast | undefined = $state.raw();
  #announcement = $state('');

  constructor(parts: { readonly player: Player; readonly preferences: Preferences; readonly words: Words }) {
    this.#player = parts.player;
    this.#preferences = parts.preferences;
    this.layout = new PaneLayout(parts.preferences);
    this.views = new ViewChoice(() => this.player);
    this.#theme = new ThemeChoice(parts.preferences);
    this.#words = parts.words;
    this.#wanted = this.language;
    this.dress();
    this.#stop = parts.player.onChange(() => this.#changed());
    this.#stopRefusals = parts.player.onRefused(() => this.#refused());
    this.#ease = new Beat(parts.player, easeMs);
    this.#stopEase = this.#ease.attach();
  }

  /** Whether something that was asked for is on its way: what is open, or that nothing is, is not the last word. */
  get isArriving(): boolean {
    return this.#arriving > 0;
  }

  /** Counts as arriving until it has settled. */
  async arriving<Asked>(asked: Promise<Asked>): Promise<Asked> {
    this.#arriving += 1;
    try {
      return await asked;
    } finally {
      this.#arriving -= 1;
    }
  }

  /** Ends the subscription to the player. */
  destroy(): void {
    this.#stop();
    this.#stopRefusals();
    this.#stopEase();
  }

  /** Grows once per batch of the player's changes. */
  get version(): number {
    return this.#version;
  }

  /**
   * Reading it counts as reading all of the player: what is derived from it is derived again with each `version`.
   * Not to be kept in a `$derived` of its own: it is always the same object, and nothing would follow from it.
   */
  get player(): Player {
    void this.#version;
    return this.#player;
  }

  /**
   * As `player`, for words and lists, which nobody reads sixty times a second: what is derived from it is derived again at most ten
   * times a second.
   */
  get playerAtEase(): Player {
    void this.#ease.count;
    return this.#player;
  }

  /** The player for event handlers and loops of animation: reading it makes nothing depend on `version`. */
  get playerNow(): Player {
    return this.#player;
  }

  /** What panes remember of how the reader likes them. */
  get preferences(): Preferences {
    return this.#preferences;
  }

  get selection(): Selection {
    return this.#trail.steps[this.#trail.at];
  }

  /** In a layout with an inspector drawer, selecting something opens it. */
  select(selection: Selection): void {
    this.#trail = follow(this.#trail, selection);
    if (selection !== undefined && !this.layout.isPhone) this.layout.toggleInspector(true);
  }

  get canGoBack(): boolean {
    return this.#trail.at > 0;
  }

  get canGoForward(): boolean {
    return this.#trail.at < this.#trail.steps.length - 1;
  }

  goBack(): void {
    this.#trail = walk(this.#trail, -1);
  }

  goForward(): void {
    this.#trail = walk(this.#trail, 1);
  }

  /** Opens another scenario; what was selected is not there any more. `id`: of the gallery or of the reader's own. */
  open(
    scenario: Scenario,
    options: Opening & { readonly id?: string | undefined; readonly stranger?: Stranger | undefined },
  ): void {
    this.#trail = emptyTrail;
    this.#file = undefined;
    this.#codeRequest = undefined;
    this.#openId = options.id;
    this.#openings += 1;
    this.#stranger = options.stranger;
    this.#galleryOpen = false;
    this.#player.open(scenario, options);
  }

  /** The player shows a recorded run; `id` as in `open`. */
  resumed(id: string | undefined): void {
    this.#galleryOpen = false;
    this.#trail = emptyTrail;
    this.#file = undefined;
    this.#openId = id;
    this.#openings += 1;
    this.#stranger = undefined;
  }

  /** Which scenario of the gallery or of the reader's own is open. */
  get openId(): string | undefined {
    return this.#openId;
  }

  /** What is open is kept under this name from now on, or not any more; the run goes on. */
  keptAs(id: string | undefined): void {
    this.#openId = id;
  }

  /** The gallery stands before the panes; what is open waits behind it. */
  get galleryOpen(): boolean {
    return this.#galleryOpen;
  }

  set galleryOpen(open: boolean) {
    this.#galleryOpen = open;
  }

  /** Brings a pane into view, from wherever the reader looks. */
  reveal(pane: PaneName): void {
    // On a phone a view stands in the stage's place only.
    if (!this.layout.isPhone || pane === 'stage') this.views.leave();
    this.layout.reveal(pane);
  }

  /** Grows with each scenario or run that is opened: what somebody typed into the one before does not belong to it. */
  get openings(): number {
    return this.#openings;
  }

  /** Set while a scenario that came by link has not run yet: its notice stands on top then. */
  get stranger(): Stranger | undefined {
    return this.#stranger;
  }

  get t(): Text {
    return this.#words.text;
  }

  /** Figures as the current language writes them. */
  get format(): Format {
    return this.#words.format;
  }

  get language(): Language {
    return this.#words.format.language;
  }

  /** Takes effect once its words have come. */
  set language(language: Language) {
    this.#preferences.write('language', language);
    this.#wanted = language;
    loadWords(language).then(
      (words) => this.#speak(words),
      () => this.showToast({ text: this.t.languageNotLoaded }),
    );
  }

  get theme(): Theme {
    return this.#theme.current;
  }

  set theme(theme: Theme) {
    this.#theme.choose(theme);
    this.dress();
  }

  /** The file in the editor; the first one until another is chosen. `undefined` when the scenario has none. */
  get activeFile(): string | undefined {
    const names = Object.keys(this.player.scenario.files);
    return this.#file !== undefined && names.includes(this.#file) ? this.#file : names[0];
  }

  set activeFile(file: string | undefined) {
    this.#file = file;
  }

  /** `where` as in the log: `email.ts:19`. Brings the editor into view. */
  goToCode(where: string): void {
    const [, file = where, line = '1'] = /^(.*?):(\d+)(?::\d+)?$/.exec(where) ?? [];
    this.#file = file;
    this.#codeRequest = { file, line: Number(line) };
    this.reveal('editor');
  }

  get codeRequest(): CodeRequest | undefined {
    return this.#codeRequest;
  }

  /** Grows each time the reader asks to search the log; the log puts the focus into its search field then. */
  get logSearchRequest(): number {
    return this.#logSearchRequest;
  }

  searchLog(): void {
    this.reveal('log');
    this.layout.logTab = 'log';
    this.#logSearchRequest += 1;
  }

  /** What the log is filtered by; links carry it. */
  get logQuery(): LogQuery {
    return this.#logQuery;
  }

  set logQuery(query: LogQuery) {
    this.#logQuery = query;
  }

  get consoleQuery(): LogQuery {
    return this.#consoleQuery;
  }

  set consoleQuery(query: LogQuery) {
    this.#consoleQuery = query;
  }

  /** Brings the log into view with this filter. */
  showInLog(query: Partial<LogQuery>): void {
    this.#logQuery = { ...emptyQuery, ...query };
    this.reveal('log');
    this.layout.logTab = 'log';
  }

  get dialog(): DialogRequest | undefined {
    return this.#dialog;
  }

  /** What would act on a run that nobody has begun is refused before anything is typed. */
  openDialog(dialog: DialogRequest): void {
    if (this.#player.status === 'waiting' && actsOnRun(dialog)) this.#refused();
    else this.#dialog = dialog;
  }

  closeDialog(): void {
    this.#dialog = undefined;
  }

  get toast(): Toast | undefined {
    return this.#toast;
  }

  /** One at a time: a new one takes the place of the old. */
  showToast(toast: Toast): void {
    this.#toast = toast;
  }

  dismissToast(): void {
    this.#toast = undefined;
  }

  get announcement(): string {
    return this.#announcement;
  }

  /** For those who hear the page: one sentence in the live region. */
  announce(sentence: string): void {
    this.#announcement = sentence;
  }

  /** A batch may ring several times; a microtask gathers them. Not a frame, since frames stop in hidden tabs. */
  #changed(): void {
    if (this.#pending) return;
    this.#pending = true;
    queueMicrotask(() => {
      this.#pending = false;
      this.#version += 1;
      const { status, playheadMs } = this.#player;
      if (status === 'playing' || playheadMs > 0) this.#stranger = undefined;
    });
  }

  /** Only Run begins a run, whatever else was asked for. */
  #refused(): void {
    this.showToast({ text: this.t.topbar.why.waits });
  }

  #speak(words: Words): void {
    // Another one may have been chosen meanwhile.
    if (words.format.language !== this.#wanted) return;
    this.#words = words;
    this.dress();
  }

  /** Gives the page itself theme and language; in an effect also those that follow. */
  dress(): void {
    const root = document.documentElement;
    root.classList.toggle('light', this.theme === 'light');
    root.classList.toggle('dark', this.theme === 'dark');
    root.lang = this.language;
  }
}

/** What the reader chose, or what the browser says. */
export function firstLanguage(preferences: Preferences): Language {
  const kept = preferences.read('language');
  if (kept === 'en' || kept === 'uk') return kept;
  return navigator.language.toLowerCase().startsWith('uk') ? 'uk' : 'en';
}
