import { show, sleep } from 'eventarium';
import { bus, followers, type Post } from './post';

let filled = 0;
let emptied = 0;

/** Fan-out on write: every follower's feed gets the post, so that reading is one look. */
bus.subscribe('post.published', async function fillFeeds({ data }: { data: Post }) {
  for (const reader of followers[data.author]) {
    await sleep(5);
    bus.emit('feed.filled', { by: 'feeds', reader, post: data.id });
    filled += 1;
  }
  show('places in feeds', { filled, emptied });
});

/** The compensation: what moderation rejects is taken out of every feed again. */
bus.subscribe('post.rejected', async function emptyFeeds({ data }: { data: Post }) {
  for (const reader of followers[data.author]) {
    await sleep(5);
    bus.emit('feed.emptied', { by: 'feeds', reader, post: data.id });
    emptied += 1;
  }
  show('places in feeds', { filled, emptied });
});
