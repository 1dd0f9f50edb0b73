import express from 'express';
import { eventBus, show } from 'eventarium';

const bus = eventBus('profiles');
let stale = 0;
show('stale answers', stale);
const app = express();
app.use(express.json());

// What was saved becomes an event; what is shown comes from the view that listens to it, and may not have heard yet.
app.post('/', async (request, response) => {
  const { id, name } = request.body;
  bus.emit('profile.saved', { id, name });
  const answer = await fetch(`http://view:4001/${id}`);
  const profile = await answer.json();
  if (profile.name !== name) show('stale answers', ++stale);
  response.json(profile);
});

app.listen(4000);
