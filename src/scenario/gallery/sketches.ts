import type { Sketch, SketchNode } from './sketch';

const box: SketchNode = { shape: 'box' };
const hub: SketchNode = { shape: 'hub' };
const queue: SketchNode = { shape: 'queue' };

/** One for each scenario of the gallery, by its id: what one would see in the moment that it is about. */
export const sketches: Readonly<Record<string, Sketch>> = {
  'eventbus-basic': {
    columns: [
      [box],
      [
        { ...box, holds: ['delivered'], arriving: 'flight' },
        { ...box, arriving: 'flight' },
        { ...box, holds: ['failed'] },
      ],
    ],
  },
  'shop-simulation': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [
        { ...box, arriving: 'flight' },
        { ...box, look: 'later' },
        { ...box, holds: ['delivered'] },
      ],
    ],
  },
  'event-queue': {
    columns: [
      [{ ...queue, holds: ['flight', 'flight', 'flight', 'flight'] }],
      [
        { ...box, work: 0.8, arriving: 'flight' },
        { ...box, work: 0.35, holds: ['failed'] },
      ],
    ],
  },
  'event-replay': {
    columns: [
      [{ shape: 'tape', holds: ['replayed', 'replayed', 'replayed', 'replayed'] }],
      [
        { ...box, from: [] },
        { ...box, look: 'later', arriving: 'replayed' },
      ],
    ],
  },
  'e-commerce': {
    columns: [
      [box],
      [{ ...hub, arriving: 'flight' }],
      [queue, { ...queue, holds: ['retried', 'retried'] }, queue, queue, { ...queue, holds: ['flight'] }, queue],
      [{ ...box, arriving: 'delivered' }, { ...box, look: 'broken' }, box, { ...box, arriving: 'flight' }, box, box],
    ],
  },
};
