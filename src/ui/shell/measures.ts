/** The geometry of the workbench: which layout fits, and how wide and high the panes may be. Pure. */

/**
 * `wide`: three columns. `inspector-drawer`: the inspector floats over the right side. `code-drawer`: the code and the
 * log float over the left side as well. `phone`: one pane at a time.
 */
export type LayoutKind = 'wide' | 'inspector-drawer' | 'code-drawer' | 'phone';

export function layoutKind(widthPx: number): LayoutKind {
  if (widthPx >= 1280) return 'wide';
  if (widthPx >= 1024) return 'inspector-drawer';
  return widthPx >= 768 ? 'code-drawer' : 'phone';
}

export const measures = {
  codePx: 400,
  codeMinPx: 320,
  inspectorPx: 311,
  inspectorMinPx: 280,
  stageMinPx: 420,
  /** What an open drawer leaves free, at least. */
  drawerLeavesPx: 120,
  /** Height of the timeline and of the log, which end on one line. */
  lowerPx: 316,
  lowerMinPx: 180,
  upperMinPx: 220,
  collapsedPx: 32,
  topBarPx: 48,
} as const;

/** What the reader dragged; `undefined` where the default holds. */
export interface Dragged {
  readonly codePx?: number;
  readonly inspectorPx?: number;
  readonly lowerPx?: number;
}

export interface Sizes {
  readonly codePx: number;
  readonly inspectorPx: number;
  readonly lowerPx: number;
}

export interface Viewport {
  readonly widthPx: number;
  readonly heightPx: number;
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

/** From 1600 the extra width goes two thirds to the stage, one to the inspector. */
function defaultInspectorPx(widthPx: number): number {
  return measures.inspectorPx + Math.round(Math.max(0, widthPx - 1600) / 3);
}

export function sizes(dragged: Dragged, viewport: Viewport): Sizes {
  const { widthPx, heightPx } = viewport;
  const inspectorTakes = layoutKind(widthPx) === 'wide' ? measures.inspectorMinPx : 0;
  // As a drawer it takes nothing from the stage.
  const codeLeaves = layoutKind(widthPx) === 'code-drawer' ? measures.drawerLeavesPx : measures.stageMinPx;
  const codeMost = Math.max(measures.codeMinPx, widthPx - codeLeaves - inspectorTakes - 2);
  const codePx = clamp(dragged.codePx ?? measures.codePx, measures.codeMinPx, codeMost);
  const inspectorMost =
    layoutKind(widthPx) === 'wide'
      ? Math.max(measures.inspectorMinPx, widthPx - measures.stageMinPx - codePx - 2)
      : Math.max(measures.inspectorMinPx, widthPx - measures.drawerLeavesPx);
  const inspectorPx = clamp(dragged.inspectorPx ?? defaultInspectorPx(widthPx), measures.inspectorMinPx, inspectorMost);
  const room = heightPx - measures.topBarPx;
  const lowerMost = Math.max(measures.lowerMinPx, room - measures.upperMinPx);
  const lowerPx = clamp(
    dragged.lowerPx ?? Math.min(measures.lowerPx, Math.round(room * 0.42)),
    measures.lowerMinPx,
    lowerMost,
  );
  return { codePx, inspectorPx, lowerPx };
}
