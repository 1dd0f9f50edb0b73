import express from 'express';
import { eventBus, sleep } from 'eventarium';

const profiles = new Map<string, string>();

eventBus('profiles').subscribe('profile.saved', async function keepView({ data }) {
  await sleep(30);
  profiles.set(String(data.id), data.name);
});

const app = express();
app.get('/:id', (request, response) => {
  response.json({ name: profiles.get(request.params.id) ?? null });
});
app.listen(4001);
