import { afterEach, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '../../src/sandbox/host';
import { gallery } from '../../src/scenario/gallery/gallery';
import { parseScenario } from '../../src/scenario/parse';
import type { Scenario } from '../../src/scenario/scenario';
import kept from '../golden/digests.json';

// The digests that Node pinned are those of the browser's sandbox too: the same log, byte for byte.

const texts = import.meta.glob<string>('../golden/scenarios/**/*', { query: '?raw', import: 'default', eager: true });

/** The scenario of a folder of golden ones. */
function own(folder: string): Scenario {
  const prefix = `../golden/scenarios/${folder}/`;
  const files = Object.fromEntries(
    Object.entries(texts).flatMap(([path, text]) =>
      path.startsWith(prefix) ? [[path.slice(prefix.length), text]] : [],
    ),
  );
  const { 'scenario.json': document = '', ...sources } = files;
  const parsed = parseScenario(JSON.parse(document), sources);
  if (parsed.type === 'problems') throw new Error(JSON.stringify(parsed.problems));
  return parsed.scenario;
}

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

function digestOf(scenario: Scenario): Promise<{ entries: number; digest: string | undefined }> {
  let entries = 0;
  return new Promise((resolve, reject) => {
    sandbox = createSandbox({
      keepWarm: false,
      onEvent: (event) => {
        if (event.type === 'segment') entries += event.count;
        if (event.type === 'advanced' && event.ended) resolve({ entries, digest: event.digest });
        if (event.type === 'failed' || event.type === 'unresponsive') reject(new Error(JSON.stringify(event)));
      },
    });
    sandbox.start({ scenario, fromSeq: 0 });
    sandbox.advance(scenario.durationMs);
  });
}

it.each(Object.entries(kept))(
  'the sandbox has the log that Node has: %s',
  { timeout: 60_000 },
  async (name, golden) => {
    const entry = gallery.find(({ id }) => name === `gallery/${id}`);
    expect(await digestOf(entry ? await entry.load() : own(name))).toEqual(golden);
  },
);
