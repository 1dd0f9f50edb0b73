import { show, sleep } from 'eventarium';
import { bus, type Post } from './post';

const index = new Map<string, Set<string>>();
const wordsOf = ({ text }: Post) => text.toLowerCase().split(/[ ,]+/);

bus.subscribe('post.published', async function addToIndex({ data }: { data: Post }) {
  await sleep(120);
  for (const word of wordsOf(data)) index.set(word, (index.get(word) ?? new Set()).add(data.id));
  show('words', index.size);
});

bus.subscribe('post.rejected', function removeFromIndex({ data }: { data: Post }) {
  for (const word of wordsOf(data)) {
    index.get(word)?.delete(data.id);
    if (index.get(word)?.size === 0) index.delete(word);
  }
  show('words', index.size);
});
