import { describe, expect, test } from 'vitest';
import { layOut } from '../../src/ui/stage/layout';
import { StructureReader } from '../../src/ui/stage/structure';
import { sampleEntries, sampleScenario } from '../browser/sample-run';

function structure(entries = sampleEntries()) {
  const reader = new StructureReader(sampleScenario.processes);
  for (const entry of entries) reader.read(entry);
  return reader.structure;
}

describe('the layout of the stage', () => {
  test('runs from publishers over the broker to those who listen', () => {
    const x = new Map(layOut(structure()).nodes.map((node) => [node.name, node.x]));
    expect(x.get('shop')!).toBeLessThan(x.get('shop-bus')!);
    for (const name of ['email', 'accounting', 'sms']) expect(x.get(name)!).toBeGreaterThan(x.get('shop-bus')!);
  });

  test('stands listeners in the order in which they subscribed', () => {
    const nodes = layOut(structure()).nodes.filter((node) => ['email', 'accounting', 'sms'].includes(node.name));
    expect(nodes.sort((a, b) => a.y - b.y).map((node) => node.name)).toEqual(['email', 'accounting', 'sms']);
  });

  test('is the same for the same structure, and does not change when a process comes back', () => {
    expect(layOut(structure())).toEqual(layOut(structure()));
    const shorter = sampleEntries().filter((entry) => entry.atMs < 3600);
    expect(layOut(structure(shorter))).toEqual(layOut(structure()));
  });

  test('puts a process that publishes and listens once, to the right of its broker', () => {
    const entries = sampleEntries();
    const published = entries.find((entry) => entry.type === 'message.published')!;
    const both = layOut(structure([...entries, { ...published, process: 'email' }]));
    expect(both.nodes.filter((node) => node.name === 'email')).toHaveLength(1);
    const back = both.edges.find((edge) => edge.type === 'publish' && edge.service === 'email')!;
    expect([back.from.side, back.to.side]).toEqual([-1, 1]);
  });
});
