import { invariant, show } from 'eventarium';
import { account } from './account';

let lowest = 0;
invariant('no account was ever overdrawn', () => lowest >= 0);

// The whole history, made anew: at every version, and as it was at an instant.
const { version, state } = await account.load('Оксана');
for (let at = 0; at <= version; at++) {
  const then = await account.load('Оксана', { version: at });
  lowest = Math.min(lowest, then.state.balance);
  console.log(`version ${at}: ${then.state.balance} грн`);
}
const noon = await account.load('Оксана', { atMs: 1500 });
show('now, грн', state.balance);
show('at 1.5 s, грн', noon.state.balance);
