import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findRecordings } from '../src/headless/conformance/corpus';
import { areaOf, replay, tasksOf } from '../src/headless/conformance/replay';

const folder = fileURLToPath(new URL('conformance', import.meta.url));
const tasks = await tasksOf(findRecordings([folder]));
const areas = new Set(tasks.filter(({ missing }) => missing.length === 0).map(({ recording }) => areaOf(recording)));

describe.each([...areas])('%s', (area) => {
  const runnable = tasks.filter((task) => task.missing.length === 0 && areaOf(task.recording) === area);
  it.each(runnable.map((task) => [task.recording.type === 'program' ? task.recording.name : area, task] as const))(
    'comes out as recorded: %s',
    async (_name, task) => {
      const failed = (await replay(task)).flatMap((verdict) =>
        verdict.type === 'failed' ? [`${verdict.name}: ${verdict.difference}`] : [],
      );
      expect(failed).toEqual([]);
    },
  );
});
