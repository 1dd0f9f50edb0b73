import { invariant, show } from 'eventarium';
import { type Status, statuses } from './parcel';
import { readAs } from './stream';

const shown = new Map<string, Status>();
const harm = { steppedBack: 0, deliveredAndThenNot: 0 };

invariant('by order of arrival neither', () => harm.steppedBack === 0 || `stepped back: ${harm.steppedBack}`);

/** Takes the order of arrival for the order of events. */
await readAs('naive-tracking', function track({ parcel, status }) {
  const before = shown.get(parcel);
  shown.set(parcel, status);
  if (before === undefined || statuses.indexOf(status) >= statuses.indexOf(before)) return;
  harm.steppedBack += 1;
  if (before === 'вручено') harm.deliveredAndThenNot += 1;
  show('harm', harm);
  console.warn(`${parcel}: ${before}, а тепер ${status}`);
});
