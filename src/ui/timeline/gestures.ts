/** What fingers and the mouse do on the lanes. Places are pixels from the left of the element. */
export interface LaneGestures {
  /** A press without a move. */
  readonly tap: (event: PointerEvent) => void;
  /** The picture is taken along. */
  readonly drag: (byX: number, byY: number) => void;
  /** Two fingers: `factor` below 1 is closer. */
  readonly pinch: (atX: number, factor: number) => void;
  /** With Shift, or while the range tool is on. */
  readonly range: (fromX: number, toX: number) => void;
  readonly selectsRange: (event: PointerEvent) => boolean;
}

const moveLeastPx = 4;

interface Finger {
  x: number;
  y: number;
}

/** Follows pointers on an element. Returns what ends that. */
export function followGestures(element: HTMLElement, gestures: LaneGestures): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const fingers = new Map<number, Finger>();
  let begun: { readonly x: number; readonly y: number; readonly range: boolean } | undefined;
  let moved = false;
  const left = (): number => element.getBoundingClientRect().left;

  function press(event: PointerEvent): void {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size > 1) {
      moved = true;
      return;
    }
    begun = { x: event.clientX, y: event.clientY, range: gestures.selectsRange(event) };
    moved = false;
  }

  function move(event: PointerEvent): void {
    const finger = fingers.get(event.pointerId);
    if (finger === undefined || begun === undefined) return;
    const [byX, byY] = [event.clientX - finger.x, event.clientY - finger.y];
    if (!moved && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) <= moveLeastPx) return;
    moved = true;
    if (fingers.size === 2) pinch(event, finger);
    else if (begun.range) gestures.range(begun.x - left(), event.clientX - left());
    // A finger scrolls up and down by itself.
    else gestures.drag(byX, event.pointerType === 'touch' ? 0 : byY);
    finger.x = event.clientX;
    finger.y = event.clientY;
  }

  /** The instant between the fingers stays between them. */
  function pinch(event: PointerEvent, finger: Finger): void {
    const other = [...fingers.values()].find((one) => one !== finger);
    if (other === undefined) return;
    const before = Math.max(12, Math.abs(finger.x - other.x));
    const after = Math.max(12, Math.abs(event.clientX - other.x));
    const middle = (event.clientX + other.x) / 2;
    gestures.drag(middle - (finger.x + other.x) / 2, 0);
    gestures.pinch(middle - left(), before / after);
  }

  function release(event: PointerEvent): void {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size > 0) return;
    if (!moved && event.type === 'pointerup') gestures.tap(event);
    begun = undefined;
  }

  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', release, { signal });
  element.addEventListener('pointercancel', release, { signal });
  return () => stop.abort();
}
