import express from 'express';

const app = express();
app.use(express.json());

// The signal goes straight to the brake. One that finds nobody is no use a moment later.
app.post('/', async (request, response) => {
  try {
    const { sentAt } = request.body;
    await fetch(`http://direct-brake:3001/?sentAt=${sentAt}`, { method: 'POST', signal: AbortSignal.timeout(100) });
    response.sendStatus(204);
  } catch {
    response.sendStatus(503);
  }
});

app.listen(3000);
