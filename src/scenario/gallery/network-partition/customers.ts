import { every, invariant, show } from 'eventarium';
import { cities, deskAt } from './cities';

/** Buys at desks of one kind and holds the tickets against each other, which no desk can do alone. */
function crowd(kind: string) {
  const taken = new Set<number>();
  let [twice, home] = [0, 0];
  invariant(`${kind}: nobody sits in a seat of another`, () => twice === 0 || `sold twice: ${twice}`);
  return async function buy(city: string) {
    const answer = await fetch(`${deskAt(kind, city).url}/tickets`, { method: 'POST' }).catch(() => undefined);
    if (answer?.ok) {
      const { seat } = await answer.json();
      if (taken.has(seat)) twice += 1;
      taken.add(seat);
    } else home += 1;
    show(`${kind}: seats sold twice`, twice);
    show(`${kind}: sent home without a ticket`, home);
  };
}

const [eager, careful] = [crowd('eager'), crowd('careful')];

// Somebody in each city in turn, at both desks there.
every(
  300,
  (n) => {
    const city = cities[n % cities.length];
    return Promise.all([eager(city), careful(city)]);
  },
  { times: 36 },
);
