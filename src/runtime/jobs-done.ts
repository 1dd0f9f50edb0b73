import type { Turn } from './turn';

/**
 * Microtask turns without a sign of activity after which no promise job is left: while code waits for a promise, and while none
 * does. A sign is what `Turn.a` counts, and every call of a function of the user's, which `Turn.n` counts: the engine itself calls
 * those that it finds as `then`. The longest that it can take from one sign to the next is to go on after `await` of an async
 * function that returns a promise, three turns; where nobody waits, to find a `then` in what another promise was resolved with,
 * one turn.
 */
const idleTurns = { waiting: 5, alone: 2 };

/** Awaiting it takes exactly one microtask turn. */
export const turnOfJobs = Promise.resolve();

/** Resolves once no promise job is left. */
export async function jobsDone(turn: Turn): Promise<void> {
  let { a, n } = turn;
  for (let idle = 0; idle < (turn.o > 0 ? idleTurns.waiting : idleTurns.alone); idle++) {
    await turnOfJobs;
    if (turn.a === a && turn.n === n) continue;
    ({ a, n } = turn);
    idle = -1;
  }
}
