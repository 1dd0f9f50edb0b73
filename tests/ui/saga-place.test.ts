import { expect, test } from 'vitest';
import type { Entry, EntryOf, EntryType } from '../../src/log/entry';
import { Causes } from '../../src/projections/causes';
import { Sagas } from '../../src/projections/sagas';
import { placeInSaga, type SagaPlace } from '../../src/ui/sagas/saga-place';
import { runGallery } from '../gallery/run-gallery';

const { entries } = await runGallery('saga-pattern');
const sagas = new Sagas();
const causes = new Causes((seq) => entries[seq]!);
for (const entry of entries) {
  sagas.append(entry);
  causes.append(entry);
}

function placeOf(entry: Entry): SagaPlace | undefined {
  const chain = causes.causeOf(entry.seq).filter(({ seq }) => seq !== entry.seq);
  return placeInSaga(sagas.instances, [entry, ...chain]);
}

const first = <T extends EntryType>(type: T, is: (entry: EntryOf<T>) => boolean = () => true): EntryOf<T> =>
  entries.find((entry): entry is EntryOf<T> => entry.type === type && is(entry as EntryOf<T>))!;

test('an entry of a saga is about its instance and the attempt at the step', () => {
  const ended = first('saga.compensation-succeeded');
  expect(placeOf(ended)).toMatchObject({
    instance: { process: ended.process, saga: ended.saga, instance: ended.instance },
    attempt: { step: ended.step, undoes: true, attempt: ended.attempt },
  });
  expect(placeOf(first('saga.started'))).toMatchObject({ attempt: undefined });
});

test('what a step has caused belongs to it', () => {
  const step = first('saga.step-started', ({ seq }) => entries.some(({ cause }) => cause === seq));
  const caused = entries.find(({ cause, type }) => cause === step.seq && !type.startsWith('saga.'))!;
  expect(placeOf(caused)).toMatchObject({ instance: { instance: step.instance }, attempt: { seq: step.seq } });
});

test('a delivery of a saga without an orchestrator is a step of it, and what it publishes belongs to that', () => {
  const { subscription } = first('listener.subscribed', ({ compensates }) => compensates !== undefined);
  const { delivery } = first('message.dispatched', (entry) => entry.subscription === subscription);
  const started = first('delivery.started', (entry) => entry.delivery === delivery);
  expect(placeOf(started)).toMatchObject({
    instance: { kind: 'choreographed' },
    attempt: { seq: started.seq, undoes: true },
  });
  const published = first('message.published', ({ cause }) => cause === started.seq);
  expect(placeOf(published)?.attempt?.seq).toBe(started.seq);
});

test('what began before any saga belongs to none', () => {
  expect(placeOf(first('process.started'))).toBeUndefined();
});
