import { every } from 'eventarium';

const people = ['Оксана', 'Іван', 'Марія', 'Тарас', 'Леся'];

/** Pays the rent. Without an answer within 250 ms it asks again: for the same payment, with the same key. */
async function pay(bank: string, id: number) {
  const body = JSON.stringify({ rent: id, customer: people[id % people.length], amount: 4500 });
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': `rent-${id}` };
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      const signal = AbortSignal.timeout(250);
      await fetch(`http://${bank}/charge`, { method: 'POST', headers, body, signal });
      return;
    } catch {
      console.log(`${bank}: no answer to rent-${id}, attempt ${attempt}`);
    }
  }
}

every(400, (id) => Promise.all([pay('plain-bank:5000', id), pay('careful-bank:5001', id)]), { times: 20 });
