import { eventBus, every } from 'eventarium';

const bus = eventBus('photos');

// One each 50 ms, whether the studio keeps up or not.
every(50, (id) => bus.emit('photo.pushed', { id, customer: 'Марія', uah: 45 }), { times: 80 });
