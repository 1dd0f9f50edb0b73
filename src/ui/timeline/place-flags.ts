import type { PlannedIntervention } from '../../scenario/scenario';

export interface Flag {
  readonly index: number;
  readonly intervention: PlannedIntervention;
  readonly name: string;
  readonly x: number;
}

export interface PlacedFlag extends Flag {
  /** Its name has room; otherwise the icon stands alone. */
  readonly labelled: boolean;
  /** It stands to the left of its instant, since the window ends to the right. */
  readonly flipped: boolean;
}

export interface FlagSizes {
  readonly iconPx: number;
  readonly characterPx: number;
}

const desktop: FlagSizes = { iconPx: 22, characterPx: 6.3 };

/** Which flags show their name, so that none covers the next one. Those outside of the window are left out. Pure. */
export function placeFlags(flags: readonly Flag[], widthPx: number, sizes: FlagSizes = desktop): PlacedFlag[] {
  const { iconPx, characterPx } = sizes;
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

/** Where an intervention stands among the others once it was moved: they are kept in order of time. */
export function indexAfterMove(interventions: readonly PlannedIntervention[], index: number, atMs: number): number {
  return interventions.filter((one, at) => at !== index && (one.atMs < atMs || (one.atMs === atMs && at < index)))
    .length;
}

/** Of each mark of the log, which of the scenario's interventions it tells of: disabled ones leave no mark. */
export function markedIndexes(interventions: readonly PlannedIntervention[]): number[] {
  return interventions.flatMap((one, index) => (one.disabled === true ? [] : [index]));
}
