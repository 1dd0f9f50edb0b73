import { readLog } from 'eventarium';
import { applyTo, openingBalance } from './balance';
import text from './bank-log.ndjson';

const { events, problems } = readLog(text);

// A line that cannot be read is reported, and the rest is replayed.
for (const { line, message } of problems) {
  console.error(`bank-log.ndjson, рядок ${line}: ${message}`);
}

let balance = openingBalance;
for (const event of events) balance = applyTo(balance, event);
console.log(`З файлу відтворено подій: ${events.length}, на рахунку ${balance} грн`);
