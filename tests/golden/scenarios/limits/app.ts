import { eventBus, sleep } from 'eventarium';

const bus = eventBus('bus');
bus.subscribe('loop', function endless() {
  for (;;);
});
bus.subscribe('deep', function deep() {
  const f = (): number => f() + 1;
  f();
});
bus.subscribe('large', () => bus.emit('x', 'x'.repeat(2_000_000)));
bus.subscribe('never', function never() {
  return new Promise(() => undefined);
});
bus.subscribe('again', function again() {
  bus.emit('again');
  bus.emit('again');
});
for (const name of ['loop', 'deep', 'large', 'never']) {
  bus.emit(name);
  await sleep(10);
}
bus.emit('again');
