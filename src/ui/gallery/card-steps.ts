/** Where something stands on the screen. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Which of the boxes an arrow leads to: along the order to the sides, to the nearest of the next row up and down. */
export function neighbour(boxes: readonly Box[], from: number, key: string): number | undefined {
  const box = boxes[from];
  if (box === undefined) return undefined;
  switch (key) {
    case 'ArrowLeft':
      return from > 0 ? from - 1 : undefined;
    case 'ArrowRight':
      return from < boxes.length - 1 ? from + 1 : undefined;
    case 'ArrowDown':
      return nearest(boxes, box, (other) => other.top >= box.bottom);
    case 'ArrowUp':
      return nearest(boxes, box, (other) => other.bottom <= box.top);
    default:
      return undefined;
  }
}

function nearest(boxes: readonly Box[], box: Box, isThere: (other: Box) => boolean): number | undefined {
  let best: number | undefined;
  let leastPx = Infinity;
  for (const [index, other] of boxes.entries()) {
    if (!isThere(other)) continue;
    // The row counts before the column.
    const px = Math.abs(other.top - box.top) * 10_000 + Math.abs(other.left - box.left);
    if (px >= leastPx) continue;
    leastPx = px;
    best = index;
  }
  return best;
}
