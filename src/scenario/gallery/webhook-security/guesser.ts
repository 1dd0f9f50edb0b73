import { createHmac, timingSafeEqual } from 'node:crypto';
import { invariant, show } from 'eventarium';
import { oldSecret } from './keys';

const body = '{"payment":9,"total":90000}';
const right = createHmac('sha256', oldSecret).update(body).digest('hex');

/** Stops at the first character that differs; the steps are what a stopwatch would measure. */
function naiveSteps(guess: string) {
  let steps = 0;
  while (steps < right.length && guess[steps] === right[steps]) steps += 1;
  return steps + 1;
}

/** Looks at every character whatever it holds: each guess takes as long as any other. */
function safeSteps(guess: string) {
  timingSafeEqual(Buffer.from(guess), Buffer.from(right));
  return right.length;
}

/** Finds the signature character by character, when a better guess takes longer. */
function guessed(steps: (guess: string) => number) {
  let known = '';
  let tries = 0;
  while (known.length < right.length) {
    const times = [...'0123456789abcdef'].map((char) => steps((known + char).padEnd(right.length, '-')));
    tries += times.length;
    const slowest = times.indexOf(Math.max(...times));
    if (times.every((time) => time === times[0]) && known.length < right.length - 1) break;
    known += '0123456789abcdef'[slowest];
  }
  return { found: known === right, tries };
}

show('compared character by character', guessed(naiveSteps));
show('compared in constant time', guessed(safeSteps));
console.log(`=== : знайдено, спроб: ${guessed(naiveSteps).tries}; timingSafeEqual: не знайдено`);
invariant('a comparison in constant time tells nothing of the signature', () => !guessed(safeSteps).found);
