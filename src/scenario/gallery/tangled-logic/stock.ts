import { eventBus } from 'eventarium';
import { inStock } from './rules';

const bus = eventBus('prices');
bus.subscribe('price.asked', function checkStock({ data }) {
  bus.emit('stock.checked', { id: data.id, stock: inStock(data.id) });
});
