import { show, sleep } from 'eventarium';
import { bus, followers, type Post } from './post';

const pushes = { sent: 0, regretted: 0 };
const sent = new Map<string, number>();

bus.subscribe('post.published', async function pushToFollowers({ data }: { data: Post }) {
  await sleep(60);
  sent.set(data.id, followers[data.author].length);
  pushes.sent += followers[data.author].length;
  show('pushes', pushes);
});

/** A push cannot be taken back. What is left is to count, and to say sorry. */
bus.subscribe('post.rejected', function sayRegret({ data }: { data: Post }) {
  pushes.regretted += sent.get(data.id) ?? 0;
  show('pushes', pushes);
});
