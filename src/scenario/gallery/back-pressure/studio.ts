import { eventBus, invariant, show, sleep } from 'eventarium';

const bus = eventBus('photos');
const open = { pushed: 0, patient: 0 };

bus.subscribe('photo.#', function count({ type }) {
  const [, side] = type.split('.') as [string, 'pushed' | 'patient'];
  open[side] += 1;
  show('photos in memory', open);
});
invariant('pushed photos fit into memory', () => open.pushed <= 20 || `${open.pushed} of 20`);
invariant('patient photos fit into memory', () => open.patient <= 20 || `${open.patient} of 20`);

/** 120 ms each, one after another, for either importer. */
for (const side of ['pushed', 'patient'] as const) {
  bus.subscribe(
    `photo.${side}`,
    async function shrink({ data }) {
      await sleep(120);
      open[side] -= 1;
      show('photos in memory', open);
      bus.emit(`done.${side}`, data);
    },
    { queue: side, name: `shrink-${side}` },
  );
}
