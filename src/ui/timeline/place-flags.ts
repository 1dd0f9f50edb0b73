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
  const inside = flags.filter((flag) => flag.x >= -1 && flag.x <= widthPx + 1).sort((a, b) => a.x - b.x);
  return inside.map((flag, n) => {
    const named = iconPx + flag.name.length * characterPx;
    const nextX = inside[n + 1]?.x ?? Infinity;
    const leftPx = flag.x - Math.max(0, (inside[n - 1]?.x ?? -Infinity) + iconPx);
    const isLast = nextX === Infinity && named <= leftPx;
    const flipped = flag.x + (isLast ? named : iconPx) > widthPx;
    const room = flipped ? leftPx : Math.min(nextX, widthPx) - flag.x;
    return { ...flag, labelled: named <= room, flipped };
  });
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
