import { eventBus } from 'eventarium';
import { delivery, price } from './rules';

const bus = eventBus('prices');
const known = new Map<number, { stock?: boolean; level?: string }>();

// Whichever of the two comes last decides; until then what is known has to be kept.
bus.subscribe('*.checked', function decide({ data: { id, ...fact } }) {
  const facts = { ...known.get(id), ...fact };
  known.set(id, facts);
  if (facts.stock === undefined || facts.level === undefined) return;
  known.delete(id);
  bus.emit('price.told', { id, price: price(facts.level, delivery(facts.stock, facts.level)) });
});
