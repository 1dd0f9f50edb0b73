import { bus } from './bus';

bus.emit('user.registered', { userId: 123 });
bus.emit('user.registered', { userId: 456 });
bus.emit('order.created', { orderId: 789, total: 1500 });
bus.emit('user.registered', { userId: 999 });

// Nobody waited: all of it is still to be done.
console.log('4 події у черзі, продюсер вільний');
