import { filesOfServices } from '../../scenario/code-lines';
import type { ComparisonSpec, Scenario } from '../../scenario/scenario';
import { servicesOf } from './variants';

/** What stands for the same on both sides; undefined where a side has nothing of the kind. */
export type FilePair = readonly [string | undefined, string | undefined];

/** The files of both sides by what they are for, without those that both run. */
export function filePairs(scenario: Scenario, { sides }: ComparisonSpec): readonly FilePair[] {
  const fileOf = (service: string | undefined): string | undefined =>
    scenario.processes.find(({ name }) => name === service)?.file;
  const [one, other] = sides;
  const parts = new Set(sides.flatMap((side) => Object.keys(side.parts)));
  const playing: FilePair[] = [
    [fileOf(one.entry), fileOf(other.entry)],
    ...[...parts].map((part): FilePair => [fileOf(one.parts[part]), fileOf(other.parts[part])]),
  ];
  const [ofOne, ofOther] = sides.map((side) => filesOfServices(scenario, servicesOf(side))) as [string[], string[]];
  const imported: FilePair[] = [
    ...ofOne.map((file): FilePair => [file, undefined]),
    ...ofOther.map((file): FilePair => [undefined, file]),
  ];
  const seen = new Set(ofOne.filter((file) => ofOther.includes(file)));
  const pairs: FilePair[] = [];
  for (const pair of [...playing, ...imported]) {
    const fresh = pair.map((file) => (file !== undefined && seen.has(file) ? undefined : file));
    for (const file of fresh) if (file !== undefined) seen.add(file);
    if (fresh.some((file) => file !== undefined)) pairs.push([fresh[0], fresh[1]]);
  }
  return pairs;
}
