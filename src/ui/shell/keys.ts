import { tick } from 'svelte';
import { galleryName } from '../../scenario/fragment';
import { lastDraft } from '../last-draft';
import { isOwnId } from '../services/own-scenarios';
import { neighbourSpeed, runOrPause, transport } from '../topbar/transport';
import type { Workbench } from '../workbench.svelte';
import type { PaneName } from './pane-layout.svelte';

type PaneCommand = `to-${PaneName}`;

/** The keys of the whole window. Only keys that do something are listed in the help. */
export type Command =
  | 'run-or-pause'
  | 'run'
  | 'step-back'
  | 'step-forward'
  | 'start'
  | 'end'
  | 'slower'
  | 'faster'
  | 'publish'
  | 'request'
  | 'fault'
  | 'crash'
  | 'restart'
  | PaneCommand
  | 'search-log'
  | 'clear-selection'
  | 'gallery'
  | 'save'
  | 'undo'
  | 'redo'
  | 'selection-back'
  | 'selection-forward'
  | 'next-failure'
  | 'previous-failure'
  | 'cause'
  | 'code'
  | 'help';

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const plain: Readonly<Record<string, Command>> = {
  ' ': 'run-or-pause',
  ArrowLeft: 'step-back',
  ArrowRight: 'step-forward',
  Home: 'start',
  End: 'end',
  '[': 'slower',
  ']': 'faster',
  p: 'publish',
  P: 'publish',
  // The same key on a Ukrainian keyboard.
  з: 'publish',
  З: 'publish',
  h: 'request',
  H: 'request',
  р: 'request',
  Р: 'request',
  b: 'fault',
  B: 'fault',
  и: 'fault',
  И: 'fault',
  g: 'gallery',
  G: 'gallery',
  п: 'gallery',
  П: 'gallery',
  n: 'next-failure',
  N: 'previous-failure',
  c: 'cause',
  C: 'cause',
  e: 'code',
  E: 'code',
  т: 'next-failure',
  Т: 'previous-failure',
  с: 'cause',
  С: 'cause',
  у: 'code',
  У: 'code',
  x: 'crash',
  X: 'crash',
  ч: 'crash',
  Ч: 'crash',
  r: 'restart',
  R: 'restart',
  к: 'restart',
  К: 'restart',
  1: 'to-editor',
  2: 'to-stage',
  3: 'to-timeline',
  4: 'to-log',
  5: 'to-inspector',
  '/': 'search-log',
  Escape: 'clear-selection',
  '?': 'help',
};

/** With Ctrl or Cmd. */
const held: Readonly<Record<string, Command>> = {
  Enter: 'run',
  s: 'save',
  і: 'save',
  z: 'undo',
  я: 'undo',
  // As Windows has it; elsewhere it is undo with Shift.
  y: 'redo',
  н: 'redo',
};

const withAlt: Readonly<Record<string, Command>> = { ArrowLeft: 'selection-back', ArrowRight: 'selection-forward' };

export function commandFor(press: Press): Command | undefined {
  if (press.altKey) return Object.hasOwn(withAlt, press.key) ? withAlt[press.key] : undefined;
  if (press.ctrlKey || press.metaKey) {
    // The caps lock makes no difference.
    const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
    const command = Object.hasOwn(held, key) ? held[key] : undefined;
    return command === 'undo' && press.shiftKey ? 'redo' : command;
  }
  return Object.hasOwn(plain, press.key) ? plain[press.key] : undefined;
}

const typing = 'input, textarea, select, [contenteditable], .monaco-editor, [role="textbox"]';
/** What moves something of its own with arrows, Home and End. */
const movers =
  '[role="slider"], [role="tab"], [role="option"], [role="separator"], [role="treeitem"], [role="menuitem"]';
const pressables = 'button, summary, a[href], [role="button"]';

/** Whether the focused element keeps the key for itself. */
export function keepsKey(target: EventTarget | null, command: Command, key: string): boolean {
  // Whoever writes saves without leaving the text.
  if (!(target instanceof Element) || command === 'save') return false;
  if (target.closest(typing) !== null || target.closest('dialog, [popover]') !== null) return true;
  if (command === 'selection-back' || command === 'selection-forward') return false;
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End') return target.closest(movers) !== null;
  // A button that the keyboard came to is pressed with Space; one that the mouse left behind is not.
  return command === 'run-or-pause' && target.matches(pressables) && target.matches(':focus-visible');
}

export function handleKey(event: KeyboardEvent, workbench: Workbench): void {
  if (event.defaultPrevented || event.isComposing || workbench.dialog !== undefined) return;
  const command = commandFor(event);
  if (command === undefined || keepsKey(event.target, command, event.key)) return;
  // What runs waits behind the gallery; what was deleted in it can be brought back there.
  if (workbench.galleryOpen && !(command === 'undo' && workbench.toast?.undoes)) return;
  if (isIdle(command, workbench)) return;
  event.preventDefault();
  obey(command, workbench);
}

/** With nothing to do here, the key is left to the browser: Alt with an arrow goes through its own history then. */
function isIdle(command: Command, workbench: Workbench): boolean {
  switch (command) {
    case 'clear-selection':
      return workbench.selection === undefined;
    case 'crash':
    case 'restart':
      return workbench.selection?.type !== 'process';
    case 'selection-back':
      return !workbench.canGoBack;
    case 'selection-forward':
      return !workbench.canGoForward;
    case 'undo':
      return (
        !workbench.playerNow.canUndo && workbench.toast?.undoes === undefined && lastDraft(workbench) === undefined
      );
    case 'redo':
      return !workbench.playerNow.canRedo;
    default:
      return false;
  }
}

function obey(command: Command, workbench: Workbench): void {
  const player = workbench.playerNow;
  const now = transport(player, workbench.t);
  switch (command) {
    case 'run-or-pause':
      return runOrPause(player, workbench.t);
    case 'run':
      if (!now.playing) runOrPause(player, workbench.t);
      return;
    case 'step-back':
      if (now.backWhy === undefined) player.stepBack();
      return;
    case 'step-forward':
      if (now.blockedWhy === undefined) player.stepForward();
      return;
    case 'start':
      if (now.blockedWhy === undefined) player.seek(0);
      return;
    case 'end':
      if (now.blockedWhy === undefined) player.runToEnd();
      return;
    case 'slower':
    case 'faster':
      player.setSpeed(neighbourSpeed(player.speed, command));
      return;
    case 'publish':
    case 'request':
    case 'fault':
      if (now.blockedWhy === undefined) workbench.openDialog({ type: command });
      return;
    case 'crash':
    case 'restart':
      if (now.blockedWhy === undefined) befall(command, workbench);
      return;
    case 'to-editor':
    case 'to-stage':
    case 'to-timeline':
    case 'to-log':
    case 'to-inspector':
      return void toPane(command.slice('to-'.length) as PaneName, workbench);
    case 'search-log':
      return workbench.searchLog();
    case 'clear-selection':
      return workbench.select(undefined);
    case 'gallery':
      location.hash = galleryName;
      return;
    case 'save':
      return save(workbench);
    case 'undo':
      return undo(workbench);
    case 'redo':
      return redo(workbench);
    case 'selection-back':
      return workbench.goBack();
    case 'selection-forward':
      return workbench.goForward();
    case 'next-failure':
      return go(workbench, ({ goToFailure }) => void goToFailure(workbench, 1));
    case 'previous-failure':
      return go(workbench, ({ goToFailure }) => void goToFailure(workbench, -1));
    case 'cause':
      return go(workbench, ({ goToCause }) => goToCause(workbench));
    case 'code':
      return go(workbench, ({ goToCode }) => goToCode(workbench));
    case 'help':
      return workbench.openDialog({ type: 'help' });
  }
}

type Steps = typeof import('../log/selection-steps');
let steps: Steps | undefined;

/** What finds the way folds the log, which the shell does not need to know; the panes that do have fetched most of it. */
function go(workbench: Workbench, step: (steps: Steps) => void): void {
  // At once when it is here, so that keys pressed one after the other are obeyed in their order.
  if (steps !== undefined) return step(steps);
  import('../log/selection-steps').then(
    (arrived) => step((steps = arrived)),
    () => workbench.showToast({ text: workbench.t.pane.noAnswer }),
  );
}

/** Crashes the selected process when it runs, restarts it in any case. */
function befall(command: 'crash' | 'restart', { selection, playerNow }: Workbench): void {
  if (selection?.type !== 'process') return;
  const { process } = selection;
  const isUp = playerNow.system.processes.get(process)?.state === 'running';
  if (command === 'restart' || isUp) playerNow.intervene({ type: `process.${command}`, process });
}

/** Brings a pane into view, and the keyboard to it. */
async function toPane(name: PaneName, workbench: Workbench): Promise<void> {
  workbench.reveal(name);
  await tick();
  document.querySelector<HTMLElement>(`[data-pane="${name}"]`)?.focus();
}

/** What is the reader's own saves itself; anything else is kept under a name. */
function save(workbench: Workbench): void {
  const { openId, playerNow } = workbench;
  if (playerNow.status === 'empty') return;
  if (openId !== undefined && isOwnId(openId)) {
    workbench.showToast({ text: workbench.t.gallery.savesItself(playerNow.scenario.title) });
  } else workbench.openDialog({ type: 'save-as' });
}

/** Whatever the last change was: what was deleted a moment ago, what was typed and does not count yet, or of what runs. */
function undo(workbench: Workbench): void {
  const { toast } = workbench.t;
  const offered = workbench.toast;
  if (offered?.undoes) {
    workbench.showToast({ text: toast.undone });
    return offered.action?.run();
  }
  const draft = lastDraft(workbench);
  if (draft !== undefined) {
    return workbench.showToast({ text: draft.text, action: { label: toast.redo, run: draft.takeBack() } });
  }
  workbench.playerNow.undo();
  workbench.showToast({ text: toast.undone, action: { label: toast.redo, run: () => redo(workbench) } });
}

function redo(workbench: Workbench): void {
  const { toast } = workbench.t;
  // Meanwhile something else may have been changed.
  if (!workbench.playerNow.canRedo) return;
  workbench.playerNow.redo();
  workbench.showToast({ text: toast.redone, action: { label: toast.undo, run: () => undo(workbench) } });
}
