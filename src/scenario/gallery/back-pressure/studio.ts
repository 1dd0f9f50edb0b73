import { eventBus, invariant, show, sleep } from 'eventarium';

const bus = eventBus('photos');
/** By id: what came before a crash is not in memory any more. */
const open = { pushed: new Set<string>(), patient: new Set<string>() };
const tell = () => show('photos in memory', { pushed: open.pushed.size, patient: open.patient.size });

bus.subscribe('photo.#', function count({ id, type }) {
  const [, side] = type.split('.') as [string, 'pushed' | 'patient'];
  open[side].add(id);
  tell();
});
invariant('pushed photos fit into memory', () => open.pushed.size <= 20 || `${open.pushed.size} of 20`);
invariant('patient photos fit into memory', () => open.patient.size <= 20 || `${open.patient.size} of 20`);

/** 120 ms each, one after another, for either importer. */
for (const side of ['pushed', 'patient'] as const) {
  bus.subscribe(
    `photo.${side}`,
    async function shrink({ id, data }) {
      await sleep(120);
      open[side].delete(id);
      tell();
      bus.emit(`done.${side}`, data);
    },
    { queue: side, name: `shrink-${side}` },
  );
}
