import { bus } from './prices';
import { quick } from './quick';

// The new version for everybody, from the first order on.
bus.subscribe('order.placed', quick('at once'), { name: 'charge' });
