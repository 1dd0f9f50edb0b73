import { aggregate, eventStore } from 'eventarium';

// Before the currency was kept, events had bare numbers: they are read as what they mean today.
export const events = eventStore('bank', {
  upcast: { deposited: ({ type, data }) => ({ type, data: typeof data === 'number' ? { amount: data } : data }) },
});

export type Command = { deposit: number } | { withdraw: number };

/** What a command comes to, by the state at hand. */
export function decide(state: { balance: number }, command: Command) {
  if ('deposit' in command) return { type: 'deposited', data: { amount: command.deposit } };
  if (command.withdraw > state.balance) throw new Error('not enough money');
  return { type: 'withdrawn', data: { amount: command.withdraw } };
}

/** An account is what its events make of it; nobody stores a balance. */
export const account = aggregate(events, {
  name: 'account',
  initial: { balance: 0, movements: 0 },
  snapshotEvery: 5,
  decide,
  evolve(state, event) {
    const sign = event.type === 'deposited' ? 1 : -1;
    return { balance: state.balance + sign * event.data.amount, movements: state.movements + 1 };
  },
});

/** What was there before this program. A desk that starts again is refused: the stream has events by then. */
export const openAccount = (owner: string) =>
  events.append(`account-${owner}`, { type: 'deposited', data: 1000 }, { expectedVersion: 0 }).catch(() => undefined);

/** The nth customer of a desk: the same at all of them. */
export const customer = (n: number): Command => (n % 3 === 0 ? { deposit: 500 } : { withdraw: 200 + 100 * (n % 4) });
