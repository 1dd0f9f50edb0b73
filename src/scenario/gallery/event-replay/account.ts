import { eventBus, sleep } from 'eventarium';
import { applyTo, openingBalance } from './balance';

const bus = eventBus('bank');
let balance = openingBalance;

bus.subscribe('money.*', function updateBalance(event) {
  balance = applyTo(balance, event);
  console.log(`${event.type} ${event.data.amount} грн, на рахунку ${balance} грн`);
});

const operations = [
  { type: 'money.deposited', amount: 500 },
  { type: 'money.withdrawn', amount: 200 },
  { type: 'money.deposited', amount: 1000 },
  { type: 'money.withdrawn', amount: 300 },
];

for (const { type, amount } of operations) {
  bus.emit(type, { amount });
  await sleep(500);
}
