import { show, sleep } from 'eventarium';
import { bus, followers, type Post } from './post';

let filled = 0;

/** The same, by somebody who never thought of a post that comes back. */
bus.subscribe('post.published', async function fillFeeds({ data }: { data: Post }) {
  for (const reader of followers[data.author]) {
    await sleep(5);
    bus.emit('feed.filled', { by: 'naive-feeds', reader, post: data.id });
    filled += 1;
  }
  show('places in feeds', { filled, emptied: 0 });
});
