import { every, store } from 'eventarium';
import { bus, followers, type Post } from './post';

/** Posts by id: no two have the same, also when the authors start again. */
const posts = store().table<Post>('posts');
const names = Object.keys(followers);
const texts = [
  'Зацвіла липа, місто пахне медом',
  'Виграй мільйон, тисни сюди',
  'Читаю про черги повідомлень',
  'Борщ за рецептом бабусі',
  'Чудо-пігулки зі знижкою, тисни сюди',
  'Ранкова пробіжка вздовж Дніпра',
];

every(
  1_200,
  () => {
    const n = posts.keys().length + 1;
    const text = texts[Math.floor(texts.length * Math.random())];
    const post: Post = { id: `post-${n}`, author: names[n % names.length], text };
    posts.insert(post.id, post);
    bus.emit('post.published', post);
  },
  { times: 30 - posts.keys().length },
);
