import { show, sleep } from 'eventarium';
import { account, customer, decide, events, openAccount } from './account';

const [branch] = process.argv.slice(2);
if (branch === 'Київ') await openAccount('Тарас');
let refused = 0;

// The same for another family, but what was decided is appended, whatever has come in between.
for (let n = 1; n <= 10; n++) {
  await sleep(300);
  const { state } = await account.load('Тарас');
  try {
    await events.append('account-Тарас', decide(state, customer(n)));
  } catch {
    show('refused', ++refused);
  }
}
