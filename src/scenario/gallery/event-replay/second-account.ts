import { eventBus, replay, sleep, type BusEvent } from 'eventarium';
import { applyTo, openingBalance } from './balance';

const bus = eventBus('bank');
const kept = bus.history().length;
let balance = openingBalance;

async function rebuild(event: BusEvent) {
  await sleep(150);
  balance = applyTo(balance, event);
}

// Read again, oldest first. These are no new facts, so the log does not grow.
const { events } = await replay(bus, rebuild);
console.log(`Відтворено подій: ${events}, на другому рахунку ${balance} грн`);
console.log(`У журналі було ${kept}, стало ${bus.history().length}`);
