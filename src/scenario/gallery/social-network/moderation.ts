import { show, sleep } from 'eventarium';
import { bus, type Post } from './post';

const verdicts = { approved: 0, rejected: 0, 'slowest, s': 0 };

/** The check reads for one to three seconds, and by then the post is everywhere. */
bus.subscribe(
  'post.published',
  async function moderate({ data, time }: { data: Post; time: string }) {
    await sleep(1_000 + 2_000 * Math.random());
    const isSpam = data.text.includes('тисни сюди');
    verdicts[isSpam ? 'rejected' : 'approved'] += 1;
    verdicts['slowest, s'] = Math.max(verdicts['slowest, s'], Math.round((Date.now() - Date.parse(time)) / 1_000));
    show('verdicts', verdicts);
    if (isSpam) console.log(`${data.id} відхилено: «${data.text}»`);
    bus.emit(isSpam ? 'post.rejected' : 'post.approved', { ...data });
  },
  { queue: 'moderation', prefetch: 2 },
);
