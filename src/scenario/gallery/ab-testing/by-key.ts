import { experiment } from 'eventarium';
import { bus, today } from './prices';
import { quick } from './quick';

// One customer in five gets the new version, and always the same ones.
const charge = experiment('charge-by-key', {
  versions: { today: today('by key'), quick: quick('by key') },
  split: { key: ({ data }) => data.customer, share: 0.2 },
});
bus.subscribe('order.placed', charge);
