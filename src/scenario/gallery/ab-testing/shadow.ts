import { experiment } from 'eventarium';
import { bus, today } from './prices';
import { quick } from './quick';

// Everybody gets today's version; the new one gets a copy of each order, and what it emits is held back.
const charge = experiment('charge-shadow', {
  versions: { today: today('shadow'), quick: quick('shadow') },
  split: 'shadow',
});
bus.subscribe('order.placed', charge);
