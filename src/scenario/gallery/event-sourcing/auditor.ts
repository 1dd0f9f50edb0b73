import { invariant, show } from 'eventarium';
import { account } from './account';

const [owner = 'Оксана'] = process.argv.slice(2);
let lowest = 0;
invariant('the account was never overdrawn', () => lowest >= 0 || `${lowest} грн`);

// The whole history, made anew: at every version, and as it was at an instant.
const { version, state } = await account.load(owner);
for (let at = 0; at <= version; at++) {
  const then = await account.load(owner, { version: at });
  lowest = Math.min(lowest, then.state.balance);
  console.log(`version ${at}: ${then.state.balance} грн`);
}
const noon = await account.load(owner, { atMs: 1500 });
show('now, грн', state.balance);
show('at 1.5 s, грн', noon.state.balance);
show('overdrawn by, грн', Math.max(0, -lowest));
