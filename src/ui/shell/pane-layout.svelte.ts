import type { Preferences } from '../preferences';
import { layoutKind, sizes, type Dragged, type LayoutKind, type Sizes, type Viewport } from './measures';

export type PaneName = 'editor' | 'stage' | 'timeline' | 'log' | 'inspector';
export type PhoneTab = 'stage' | 'code' | 'timeline' | 'message' | 'log';
export type LogTab = 'log' | 'console' | 'metrics';

const tabOf: Readonly<Record<PaneName, PhoneTab>> = {
  editor: 'code',
  stage: 'stage',
  timeline: 'timeline',
  log: 'log',
  inspector: 'message',
};

interface Kept {
  readonly dragged: Dragged;
  readonly collapsed: readonly PaneName[];
}

/** Where the panes are: sizes, collapsed ones, drawers, the tab on a phone. Sizes and collapses are remembered. */
export class PaneLayout {
  readonly #preferences: Preferences;
  #kept: Kept = $state.raw({ dragged: {}, collapsed: [] });
  #viewport: Viewport = $state.raw({ widthPx: 1440, heightPx: 900 });
  #kind = $derived(layoutKind(this.#viewport.widthPx));
  #sizes = $derived(sizes(this.#kept.dragged, this.#viewport));
  #codeOpen = $state(false);
  #inspectorOpen = $state(false);
  #phoneTab: PhoneTab = $state('stage');
  #logTab: LogTab = $state('log');

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    this.#kept = readKept(preferences.read('layout'));
  }

  get kind(): LayoutKind {
    return this.#kind;
  }

  get isPhone(): boolean {
    return this.#kind === 'phone';
  }

  get viewport(): Viewport {
    return this.#viewport;
  }

  get sizes(): Sizes {
    return this.#sizes;
  }

  get codeOpen(): boolean {
    return this.#codeOpen;
  }

  get inspectorOpen(): boolean {
    return this.#inspectorOpen;
  }

  get phoneTab(): PhoneTab {
    return this.#phoneTab;
  }

  get logTab(): LogTab {
    return this.#logTab;
  }

  set logTab(tab: LogTab) {
    this.#logTab = tab;
  }

  collapsed(pane: PaneName): boolean {
    return this.#kind !== 'phone' && this.#kept.collapsed.includes(pane);
  }

  measured(viewport: Viewport): void {
    this.#viewport = viewport;
  }

  drag(dragged: Dragged): void {
    this.#keep({ ...this.#kept, dragged: { ...this.#kept.dragged, ...dragged } });
  }

  toggleCollapsed(pane: PaneName): void {
    const { collapsed } = this.#kept;
    const next = collapsed.includes(pane) ? collapsed.filter((other) => other !== pane) : [...collapsed, pane];
    this.#keep({ ...this.#kept, collapsed: next });
  }

  toggleCode(open = !this.#codeOpen): void {
    this.#codeOpen = open;
  }

  toggleInspector(open = !this.#inspectorOpen): void {
    this.#inspectorOpen = open;
  }

  showTab(tab: PhoneTab): void {
    this.#phoneTab = tab;
  }

  /** Brings a pane into view wherever the layout has put it. */
  reveal(pane: PaneName): void {
    if (this.isPhone) this.showTab(tabOf[pane]);
    else if (this.collapsed(pane)) this.toggleCollapsed(pane);
    if (pane === 'inspector') this.#inspectorOpen = true;
    if (pane === 'editor' || pane === 'log') this.#codeOpen = true;
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.#preferences.write('layout', JSON.stringify(kept));
  }
}

const panes: readonly PaneName[] = ['editor', 'stage', 'timeline', 'log', 'inspector'];

function readKept(text: string | undefined): Kept {
  const nothing: Kept = { dragged: {}, collapsed: [] };
  if (text === undefined) return nothing;
  try {
    const { dragged, collapsed } = JSON.parse(text) as { dragged?: Record<string, unknown>; collapsed?: unknown };
    const px = (name: string): number | undefined => {
      const value = dragged?.[name];
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    };
    return {
      dragged: { codePx: px('codePx'), inspectorPx: px('inspectorPx'), lowerPx: px('lowerPx') },
      collapsed: panes.filter((pane) => Array.isArray(collapsed) && collapsed.includes(pane)),
    };
  } catch {
    return nothing;
  }
}
