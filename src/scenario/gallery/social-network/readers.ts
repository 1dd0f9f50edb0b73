import { every, invariant, show } from 'eventarium';
import { bus, type Post } from './post';

/** Posts that lie in a feed, as `post reader`, by who filled it. */
const lying: Record<string, Set<string>> = { feeds: new Set(), 'naive-feeds': new Set() };
const rejectedAtMs = new Map<string, number>();
const seen: Record<string, number> = { feeds: 0, 'naive-feeds': 0 };

type Place = { by: string; reader: string; post: string };
bus.subscribe('feed.filled', function notePlace({ data }: { data: Place }) {
  lying[data.by].add(`${data.post} ${data.reader}`);
});
bus.subscribe('feed.emptied', function forgetPlace({ data }: { data: Place }) {
  lying[data.by].delete(`${data.post} ${data.reader}`);
});
bus.subscribe('post.rejected', function noteRejection({ data }: { data: Post }) {
  rejectedAtMs.set(data.id, Date.now());
});

/** Places with a post that was rejected more than a second ago. */
function leftovers(by: string) {
  return [...lying[by]].filter((place) => Date.now() - (rejectedAtMs.get(place.split(' ')[0]) ?? Infinity) > 1_000);
}

// Everybody looks into their feed once a second.
every(1_000, () => {
  for (const by of Object.keys(lying)) seen[by] += leftovers(by).length;
  show('rejected posts seen', seen);
});

for (const by of Object.keys(lying))
  invariant(`${by}: rejected is gone in a second`, () => seen[by] === 0 || `seen ${seen[by]} times`);
