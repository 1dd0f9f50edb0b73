import { bulkhead } from 'cockatiel';
import { every, invariant, show } from 'eventarium';

// Eight calls at once in all: in one room for both services, or in two rooms of four. None waits outside.
const one = bulkhead(8, 0);
const rooms =
  process.argv[2] === 'divided' ? { cards: bulkhead(4, 0), parcels: bulkhead(4, 0) } : { cards: one, parcels: one };

let lostUah = 0;
invariant('whoever wants to pay can', () => lostUah === 0 || `${lostUah} UAH not taken`);

const call = (port: number) => fetch(`http://localhost:${port}/`, { method: 'POST' });

every(
  150,
  async (n) => {
    rooms.parcels.execute(() => call(7002)).catch(() => {});
    await rooms.cards
      .execute(() => call(7001))
      .catch(() => {
        lostUah += 100 + (n % 5) * 50;
      });
    show('UAH not taken', lostUah);
  },
  { times: 60 },
);
