import { show, sleep } from 'eventarium';
import { account, customer, openAccount } from './account';

const [branch] = process.argv.slice(2);
if (branch === 'Київ') await openAccount('Оксана');
let [conflicts, refused] = [0, 0];

// Two desks serve the same family. Who decided on an old version reads again and decides anew.
for (let n = 1; n <= 10; n++) {
  await sleep(300);
  for (let done = false; !done;) {
    try {
      await account.handle('Оксана', customer(n));
      done = true;
    } catch (error) {
      done = error.name !== 'ConcurrencyError';
      if (done) show('refused', ++refused);
      else show('conflicts', ++conflicts);
    }
  }
}
