import type { Intervention } from '../log/entry';
import { faultName } from '../log/entry-fault';
import type { FaultSpec, Scenario } from './scenario';

/** One thing in which the definitions of two runs differ. `side`: which of the two has what the other has not. */
export type DefinitionDifference =
  | { readonly type: 'seed' | 'durationMs'; readonly a: number; readonly b: number }
  | { readonly type: 'startedAt'; readonly a: string; readonly b: string }
  | { readonly type: 'file' | 'process' | 'link'; readonly name: string; readonly side: Side }
  /** `line`: the first that differs, from 1. */
  | { readonly type: 'file.changed'; readonly name: string; readonly line: number }
  | { readonly type: 'process.changed' | 'link.changed' | 'broker.changed'; readonly name: string }
  | { readonly type: 'fault'; readonly fault: FaultSpec; readonly side: Side }
  /** As `a` has it. */
  | { readonly type: 'fault.changed'; readonly fault: FaultSpec }
  | { readonly type: 'intervention'; readonly intervention: Intervention; readonly side: Side };

export type Side = 'a' | 'b';

/** All that may make two runs differ, from the largest to the smallest; titles and notes do not. */
export function definitionDifferences(a: Scenario, b: Scenario): readonly DefinitionDifference[] {
  const found: DefinitionDifference[] = [];
  if (a.seed !== b.seed) found.push({ type: 'seed', a: a.seed, b: b.seed });
  if (a.durationMs !== b.durationMs) found.push({ type: 'durationMs', a: a.durationMs, b: b.durationMs });
  if (a.startedAt !== b.startedAt) found.push({ type: 'startedAt', a: a.startedAt, b: b.startedAt });
  const files = compare(new Map(Object.entries(a.files)), new Map(Object.entries(b.files)));
  for (const { name, side } of files.missing) found.push({ type: 'file', name, side });
  for (const name of files.changed) {
    found.push({ type: 'file.changed', name, line: firstLine(a.files[name] ?? '', b.files[name] ?? '') });
  }
  const processes = compare(byName(a.processes), byName(b.processes));
  for (const { name, side } of processes.missing) found.push({ type: 'process', name, side });
  for (const name of processes.changed) found.push({ type: 'process.changed', name });
  const links = compare(linksOf(a), linksOf(b));
  for (const { name, side } of links.missing) found.push({ type: 'link', name, side });
  for (const name of links.changed) found.push({ type: 'link.changed', name });
  const brokers = compare(new Map(Object.entries(a.brokers ?? {})), new Map(Object.entries(b.brokers ?? {})));
  // What a scenario does not name is as usual: that it is named is a change as any other.
  for (const name of [...brokers.missing.map((each) => each.name), ...brokers.changed])
    found.push({ type: 'broker.changed', name });
  const [faultsA, faultsB] = [faultsOf(a), faultsOf(b)];
  const faults = compare(faultsA, faultsB);
  for (const { name, side } of faults.missing)
    found.push({ type: 'fault', fault: (side === 'a' ? faultsA : faultsB).get(name)!, side });
  for (const name of faults.changed) found.push({ type: 'fault.changed', fault: faultsA.get(name)! });
  for (const [side, mine, others] of [['a', a, b] as const, ['b', b, a] as const]) {
    const rest = others.interventions.map(textOf);
    for (const intervention of mine.interventions) {
      const at = rest.indexOf(textOf(intervention));
      if (at === -1) found.push({ type: 'intervention', intervention, side });
      else rest.splice(at, 1);
    }
  }
  return found;
}

interface Compared {
  readonly missing: readonly { readonly name: string; readonly side: Side }[];
  readonly changed: readonly string[];
}

function compare(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): Compared {
  const names = [...new Set([...a.keys(), ...b.keys()])];
  const missing = names.flatMap((name) => {
    if (a.has(name) && b.has(name)) return [];
    return [{ name, side: a.has(name) ? ('a' as const) : ('b' as const) }];
  });
  const changed = names.filter((name) => a.has(name) && b.has(name) && textOf(a.get(name)) !== textOf(b.get(name)));
  return { missing, changed };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}

function linksOf({ network }: Scenario): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['*', network.default],
    ...network.links.map((link): [string, unknown] => [`${link.from} → ${link.to}`, link]),
  ]);
}

function faultsOf({ faults = [] }: Scenario): ReadonlyMap<string, FaultSpec> {
  return new Map(faults.map((fault) => [faultName(fault), fault]));
}

function textOf(value: unknown): string {
  return JSON.stringify(value);
}

function firstLine(a: string, b: string): number {
  const [linesA, linesB] = [a.split('\n'), b.split('\n')];
  const at = linesA.findIndex((line, index) => line !== linesB[index]);
  return (at === -1 ? linesA.length : at) + 1;
}
