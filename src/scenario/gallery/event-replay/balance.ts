import type { BusEvent } from 'eventarium';

export const openingBalance = 1000;

/** What an event makes of a balance: all that an account is. */
export function applyTo(balance: number, event: BusEvent<{ amount: number }>) {
  switch (event.type) {
    case 'money.deposited':
      return balance + event.data.amount;
    case 'money.withdrawn':
      return balance - event.data.amount;
    default:
      return balance;
  }
}
