import { every } from 'eventarium';

let sent = 0;

// The same to both sides, at the same moment; where nobody answers, there is nothing to be done.
// With the process's number in front, no two customers give the same id.
every(500, () => {
  const id = process.pid * 1000 + ++sent;
  const body = JSON.stringify({ id, sentAt: Date.now(), name: `Олена ${id}` });
  for (const url of ['http://direct:3000/', 'http://front:4000/'])
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => undefined);
});
