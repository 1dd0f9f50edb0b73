import { eventBus } from 'eventarium';

const bus = eventBus('events');

bus.subscribe('user.registered', function sendWelcomeEmail(event) {
  console.log(`Лист на ${event.data.email}: вітаємо, ${event.data.name}`);
});

bus.subscribe('user.registered', function saveUser(event) {
  console.log(`У базі збережено: ${event.data.name}`);
});
