import { eventBus } from 'eventarium';

const bus = eventBus('photos');
const windowPhotos = 5;
let [sent, open] = [0, 0];

/** Sends on while the window has room: the studio's pace comes back to the one who sends. */
function sendOn() {
  while (open < windowPhotos && sent < 80) {
    open += 1;
    sent += 1;
    bus.emit('photo.patient', { id: sent, customer: 'Марія', uah: 45 });
  }
}

bus.subscribe('done.patient', function room() {
  open -= 1;
  sendOn();
});
sendOn();
