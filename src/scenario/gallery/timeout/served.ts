import { invariant, show } from 'eventarium';

/** Counts who is served and who stands in line. */
export function countServed() {
  const waiting = new Map<number, number>();
  invariant('nobody stands in line for more than 3 s', () => {
    const oldestAt = Math.min(...waiting.values());
    return !(Date.now() - oldestAt > 3000) || `${waiting.size} wait`;
  });
  return {
    come(id: number, at: number) {
      waiting.set(id, at);
      show('customers waiting', waiting.size);
    },
    serve(id: number) {
      waiting.delete(id);
      show('customers waiting', waiting.size);
    },
  };
}
