import { every } from 'eventarium';

let id = 0;

// The same to both sides, at the same moment; where nobody answers, there is nothing to be done.
every(500, () => {
  const body = JSON.stringify({ id: ++id, sentAt: Date.now(), name: `Олена ${id}` });
  for (const url of ['http://direct:3000/', 'http://front:4000/'])
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch(() => undefined);
});
