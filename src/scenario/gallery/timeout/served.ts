import { invariant, show } from 'eventarium';

/** Counts who is served and who stands in line. */
export function countServed() {
  let [came, served, oldestAt] = [0, 0, 0];
  const waiting = new Map<number, number>();
  invariant('nobody stands in line for more than 3 s', () => {
    oldestAt = Math.min(...waiting.values());
    return !(Date.now() - oldestAt > 3000) || `${waiting.size} wait`;
  });
  return {
    come(id: number, at: number) {
      came += 1;
      waiting.set(id, at);
      show('customers waiting', came - served);
    },
    serve(id: number) {
      served += 1;
      waiting.delete(id);
      show('customers waiting', came - served);
    },
  };
}
