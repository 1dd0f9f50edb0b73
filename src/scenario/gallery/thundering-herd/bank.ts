import { invariant, show, sleep } from 'eventarium';
import express from 'express';
import { kinds } from './kinds';

/** Calls of one payer that it can take in a tenth of a second, and when it is up again after a failure. */
const capacity = 15;
const upAtMs = 3_000;
const start = Date.now();
const app = express();

function line(kind: string) {
  const figures = { calls: 0, charged: 0, mostAtOnce: 0 };
  let [tenth, now] = [0, 0];
  invariant(`${kind}: does not run down a bank that has just come up`, () => {
    const { mostAtOnce } = figures;
    return mostAtOnce <= capacity || `${mostAtOnce} calls in 100 ms, it can take ${capacity}`;
  });
  return async function charge(_request: express.Request, response: express.Response) {
    const isUp = Date.now() - start >= upAtMs;
    const at = Math.floor(Date.now() / 100);
    now = at === tenth ? now + 1 : 1;
    tenth = at;
    figures.calls += 1;
    if (isUp) figures.mostAtOnce = Math.max(figures.mostAtOnce, now);
    const isTaken = isUp && now <= capacity;
    if (isTaken) figures.charged += 1;
    show(kind, figures);
    await sleep(20);
    response.sendStatus(isTaken ? 200 : 503);
  };
}

for (const kind of Object.keys(kinds)) app.post(`/${kind}`, line(kind));
app.listen(7000);
