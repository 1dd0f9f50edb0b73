import type { Intervention } from '../../log/entry';

export interface Flag {
  readonly index: number;
  readonly intervention: Intervention;
  readonly name: string;
  readonly x: number;
}

export interface PlacedFlag extends Flag {
  /** Its name has room; otherwise the icon stands alone. */
  readonly labelled: boolean;
  /** It stands to the left of its instant, since the window ends to the right. */
  readonly flipped: boolean;
}

const iconPx = 22;
const characterPx = 6.3;

/** Which flags show their name, so that none covers the next one. Those outside of the window are left out. Pure. */
export function placeFlags(flags: readonly Flag[], widthPx: number): PlacedFlag[] {
  const inside = flags
    .filter((flag) => flag.x >= -1 && flag.x <= widthPx + 1)
    .sort((a, b) => a.x - b.x || a.index - b.index);
  return inside.map((flag, n) => {
    const named = iconPx + flag.name.length * characterPx;
    const nextX = inside[n + 1]?.x ?? Infinity;
    const flipped = flag.x + (nextX === Infinity ? named : iconPx) > widthPx;
    const previousX = inside[n - 1]?.x ?? -Infinity;
    const room = flipped ? flag.x - previousX - iconPx : Math.min(nextX, widthPx) - flag.x;
    return { ...flag, labelled: named <= room, flipped };
  });
}
