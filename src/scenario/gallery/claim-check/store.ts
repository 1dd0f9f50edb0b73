import express from 'express';
import { show } from 'eventarium';

const scans = new Map<string, string>();
const app = express();

app.use(express.text({ limit: '5mb' }));
app.put('/scans/:id', (request, response) => {
  scans.set(request.params.id, request.body);
  show('scans kept', scans.size);
  response.sendStatus(201);
});
app.get('/scans/:id', (request, response) => {
  const scan = scans.get(request.params.id);
  if (scan === undefined) return response.sendStatus(404);
  return response.send(scan);
});
app.listen(9000);
