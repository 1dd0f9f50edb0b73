import { every } from 'eventarium';
import { bus, followers, type Post } from './post';

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
  (n) => {
    const text = texts[Math.floor(texts.length * Math.random())];
    const post: Post = { id: `post-${n}`, author: names[n % names.length], text };
    bus.emit('post.published', post);
  },
  { times: 30 },
);
