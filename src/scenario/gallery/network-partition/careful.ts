import { store } from 'eventarium';
import { cities, deskAt, seats } from './cities';
import { openDesk } from './desk';

const city = process.argv[2];
const others = cities.filter((each) => each !== city);
/** For which city this desk holds a seat. It promises each seat to one city only, and a crash does not make it forget. */
const promised = store().table<string>('promised');

async function ask(other: string, seat: number) {
  try {
    const signal = AbortSignal.timeout(200);
    const answer = await fetch(`${deskAt('careful', other).url}/seats/${seat}/${city}`, { method: 'PUT', signal });
    return answer.ok ? 'yes' : 'no';
  } catch {
    return 'silence';
  }
}

// A seat is sold when two of the three desks hold it for the same city. Two majorities share a desk, so there is only one.
const desk = openDesk(deskAt('careful', city).port, async () => {
  for (const seat of seats) {
    if (promised.get(seat)) continue;
    promised.put(seat, city);
    const answers = await Promise.all(others.map((other) => ask(other, seat)));
    if (answers.includes('yes')) return seat;
    if (answers.includes('no')) promised.put(seat, 'another');
    else {
      // Nobody answers: who knows what they sell.
      promised.delete(seat);
      return undefined;
    }
  }
  return undefined;
});

desk.put('/seats/:seat/:for', (request, response) => {
  const [seat, forCity] = [Number(request.params.seat), request.params.for];
  if (!promised.get(seat)) promised.put(seat, forCity);
  response.sendStatus(promised.get(seat) === forCity ? 200 : 409);
});
