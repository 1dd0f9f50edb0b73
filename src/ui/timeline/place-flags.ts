import type { InterventionType } from '../../log/entry';
import type { FaultSpec, PlannedIntervention } from '../../scenario/scenario';
import type { Selection } from '../selection';
import type { Text } from '../text/text';
import { interventionWords } from './intervention-words';

/** What a flag stands for, by its place in the scenario. */
export type FlagSubject = Extract<Selection, { readonly type: 'intervention' | 'fault' }>;

export interface Flag {
  readonly subject: FlagSubject;
  readonly icon: InterventionType;
  readonly atMs: number;
  readonly disabled: boolean;
  readonly name: string;
  readonly x: number;
}

export interface PlacedFlag extends Flag {
  /** Where it is drawn: at `x`, or beside those of the same instant, which would cover it. */
  readonly left: number;
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
/** How many icons a flag may stand beside its instant, where many crowd. */
const besideMax = 4;

/** Which flags show their name, so that none covers the next one. Those outside of the window are left out. Pure. */
export function placeFlags(flags: readonly Flag[], widthPx: number, sizes: FlagSizes = desktop): PlacedFlag[] {
  const { iconPx, characterPx } = sizes;
  const inside = flags.filter((flag) => flag.x >= -1 && flag.x <= widthPx + 1).sort((a, b) => a.x - b.x);
  const lefts = besideEachOther(inside, widthPx, iconPx);
  return inside.map((flag, n) => {
    const left = lefts[n] ?? flag.x;
    const named = iconPx + flag.name.length * characterPx;
    const nextLeft = lefts[n + 1] ?? Infinity;
    const leftPx = left - Math.max(0, (lefts[n - 1] ?? -Infinity) + iconPx);
    const isLast = nextLeft === Infinity && named <= leftPx;
    const flipped = left < flag.x || left + (isLast ? named : iconPx) > widthPx;
    const room = flipped
      ? Math.min(leftPx, nextLeft < left ? left - nextLeft : Infinity)
      : Math.min(nextLeft, widthPx) - left;
    return { ...flag, left, labelled: named <= room, flipped };
  });
}

/** Of one instant they stand side by side; of instants close together each shows half its icon at least. At the end of the window, leftwards. */
function besideEachOther(flags: readonly Flag[], widthPx: number, iconPx: number): number[] {
  const lefts: number[] = [];
  let ofEnd = 0;
  for (const [n, { x }] of flags.entries()) {
    const before = flags[n - 1];
    const gapPx = before !== undefined && x - before.x < 1 ? iconPx : iconPx / 2;
    const left = Math.min(Math.max(x, (lefts[n - 1] ?? -Infinity) + gapPx), x + besideMax * iconPx);
    lefts.push(left + iconPx > widthPx ? x - iconPx * Math.min(ofEnd++, besideMax) : left);
  }
  return lefts;
}

/** Flags of the scenario: what goes wrong by itself, and what is done. In order of time, at one instant faults first. */
export function flagsOf(
  faults: readonly FaultSpec[],
  interventions: readonly PlannedIntervention[],
  t: Text['timeline'],
): readonly Omit<Flag, 'x'>[] {
  const ofFaults = faults.map((fault, index) => ({
    subject: { type: 'fault' as const, index },
    icon: 'fault.begin' as const,
    atMs: fault.fromMs ?? 0,
    disabled: fault.disabled === true,
    name: fault.name ?? t.what.fault(fault),
  }));
  const ofInterventions = interventions.map((intervention, index) => ({
    subject: { type: 'intervention' as const, index },
    icon: intervention.type,
    atMs: intervention.atMs,
    disabled: intervention.disabled === true,
    name: interventionWords(intervention, t),
  }));
  return [...ofFaults, ...ofInterventions].sort((one, other) => one.atMs - other.atMs);
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
