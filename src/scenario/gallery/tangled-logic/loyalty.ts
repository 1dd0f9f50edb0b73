import { eventBus } from 'eventarium';
import { loyalty } from './rules';

const bus = eventBus('prices');
bus.subscribe('price.asked', function checkLoyalty({ data }) {
  bus.emit('loyalty.checked', { id: data.id, level: loyalty(data.id) });
});
