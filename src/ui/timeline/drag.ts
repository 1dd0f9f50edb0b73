/** Follows a pointer from its press to its release; `moved` gets the distance from the press, in pixels. */
export interface Drag {
  readonly moved: (event: PointerEvent, byPx: number) => void;
  /** `byPx` 0 for a press without a move. */
  readonly ended?: (event: PointerEvent, byPx: number) => void;
  readonly cancelled?: () => void;
}

export function startDrag(event: PointerEvent, drag: Drag): void {
  if (event.button !== 0) return;
  const element = event.currentTarget as HTMLElement;
  const fromX = event.clientX;
  const stop = new AbortController();
  const { signal } = stop;
  element.setPointerCapture(event.pointerId);
  element.addEventListener('pointermove', (move) => drag.moved(move, move.clientX - fromX), { signal });
  element.addEventListener(
    'pointerup',
    (up) => {
      stop.abort();
      drag.ended?.(up, up.clientX - fromX);
    },
    { signal },
  );
  element.addEventListener(
    'pointercancel',
    () => {
      stop.abort();
      drag.cancelled?.();
    },
    { signal },
  );
}
