import { expect, it } from 'vitest';
import { WriteQueue } from '../../src/storage/write-queue';

/** A queue of letters whose transactions are told, tasks among them in capitals. */
function queue() {
  const told: string[] = [];
  const writes = new WriteQueue<string>(async (batch) => {
    told.push(batch.map(({ value }) => value).join(''));
    for (const { done } of batch) done();
  });
  const run = (name: string) => writes.run(async () => told.push(name));
  return { told, write: (letters: string) => Promise.all(letters.split('').map((one) => writes.write(one))), run };
}

it('commits the first write at once, and those that wait together in one transaction', async () => {
  const { told, write } = queue();
  await write('abc');
  expect(told).toEqual(['a', 'bc']);
});

it('waits after a transaction for more writes, until there are eight', async () => {
  const { told, write } = queue();
  await write('a');
  await Promise.all([write('bcd'), Promise.resolve().then(() => write('efghi'))]);
  expect(told).toEqual(['a', 'bcdefghi']);
});

it('does not wait long for them', async () => {
  const { told, write } = queue();
  await write('a');
  await write('b');
  expect(told).toEqual(['a', 'b']);
});

it('does not let a task wait for writes', async () => {
  const { told, write, run } = queue();
  await write('a');
  await Promise.all([write('b'), run('OPEN'), write('c')]);
  expect(told).toEqual(['a', 'b', 'OPEN', 'c']);
});

it('puts no more than sixteen writes into a transaction', async () => {
  const { told, write } = queue();
  await write('abcdefghijklmnopqrstuvwxyz');
  expect(told).toEqual(['a', 'bcdefghijklmnopq', 'rstuvwxyz']);
});
