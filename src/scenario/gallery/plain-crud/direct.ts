import express from 'express';
import { show } from 'eventarium';

const profiles = new Map<number, string>();
let stale = 0;
show('stale answers', stale);
const app = express();
app.use(express.json());

// Save, and show what is saved: one table, one process.
app.post('/', (request, response) => {
  const { id, name } = request.body;
  profiles.set(id, name);
  if (profiles.get(id) !== name) show('stale answers', ++stale);
  response.json({ name: profiles.get(id) });
});

app.listen(3000);
