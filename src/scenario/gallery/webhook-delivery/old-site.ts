import express from 'express';
import { hoursNow } from './clock';

/** After twelve hours there is nothing here any more, and 410 says that nobody need ask again. */
const app = express();

app.post('/hooks', function goneSoon(req, res) {
  res.sendStatus(hoursNow() < 12 ? 200 : 410);
});

app.listen(3002);
