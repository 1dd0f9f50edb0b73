import { eventBus, invariant, show } from 'eventarium';

const gifts = new Map<string, number>();
invariant('nobody gets two gifts', () => [...gifts.values()].every((n) => n < 2));

// A letter is an effect that nobody can take back: a replay that emits anew sends it anew.
eventBus('shop').subscribe('gift.earned', function write({ data: { customer } }) {
  gifts.set(customer, (gifts.get(customer) ?? 0) + 1);
  show('gifts', gifts);
  console.log(`a gift of 200 UAH for ${customer}`);
});
