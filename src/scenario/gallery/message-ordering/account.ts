import { invariant, show } from 'eventarium';

/** Books each customer's money, and looks whether a payment finds less than it needs because it came too early. */
export function watchOrder() {
  const balances = new Map<string, number>();
  const last = new Map<string, number>();
  let overtaken = 0;
  invariant('events of one customer keep their order', () => overtaken === 0 || `${overtaken} overtaken`);
  return (customer: string, version: number, uah: number) => {
    if (version < (last.get(customer) ?? 0)) overtaken += 1;
    last.set(customer, Math.max(version, last.get(customer) ?? 0));
    balances.set(customer, (balances.get(customer) ?? 0) + uah);
    show('balances, UAH', balances);
    show('events overtaken', overtaken);
  };
}
