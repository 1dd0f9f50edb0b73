import { aggregate, eventStore } from 'eventarium';

// Before the currency was kept, events had bare numbers: they are read as what they mean today.
const events = eventStore('bank', {
  upcast: { deposited: ({ type, data }) => ({ type, data: typeof data === 'number' ? { amount: data } : data }) },
});

type Command = { deposit: number } | { withdraw: number };

/** An account is what its events make of it; nobody stores a balance. */
export const account = aggregate(events, {
  name: 'account',
  initial: { balance: 0, movements: 0 },
  snapshotEvery: 5,
  decide(state, command: Command) {
    if ('deposit' in command) return { type: 'deposited', data: { amount: command.deposit } };
    if (command.withdraw > state.balance) throw new Error('not enough money');
    return { type: 'withdrawn', data: { amount: command.withdraw } };
  },
  evolve(state, event) {
    const sign = event.type === 'deposited' ? 1 : -1;
    return { balance: state.balance + sign * event.data.amount, movements: state.movements + 1 };
  },
});

/** What was there before this program. */
export const openAccount = () => events.append('account-Оксана', { type: 'deposited', data: 1000 });
