import express from 'express';
import { makeReport } from './report';

const app = express();
app.use(express.json());
app.post('/', async (request, response) => {
  response.json({ report: await makeReport(request.body.id) });
});
app.listen(3000);
