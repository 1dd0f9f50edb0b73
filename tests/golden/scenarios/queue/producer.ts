import { eventBus, every } from 'eventarium';

const bus = eventBus('jobs');
every(40, (n) => bus.emit('job.new', { n }));
bus.once('job.manual', () => console.log('by hand'));
