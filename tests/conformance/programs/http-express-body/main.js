const express = require('express');
const app = express();
app.post('/json', express.json({ limit: '1kb' }), (q, r) => r.json({ b: q.body ?? 'none' }));
app.post('/strict0', express.json({ strict: false }), (q, r) => r.json({ b: q.body }));
app.post('/type', express.json({ type: '*/*' }), (q, r) => r.json({ b: q.body }));
app.post('/rev', express.json({ reviver: (k, v) => typeof v === 'number' ? v + 1 : v }), (q, r) => r.json({ b: q.body }));
app.post('/ver', express.json({ verify: (q, r, buf, enc) => { if (buf.includes('bad')) throw new Error('veto ' + enc); q.raw = buf.length; } }), (q, r) => r.json({ n: q.raw }));
app.post('/u', express.urlencoded({ extended: true }), (q, r) => r.json({ b: q.body }));
app.post('/u0', express.urlencoded({ extended: false }), (q, r) => r.json({ b: q.body }));
app.post('/t', express.text(), (q, r) => r.json({ b: q.body ?? 'none' }));
app.post('/raw', express.raw({ type: 'application/octet-stream' }), (q, r) => r.json({ b: Buffer.isBuffer(q.body), n: q.body?.length }));
app.post('/none', (q, r) => r.json({ b: typeof q.body }));
app.use((e, q, r, n) => r.status(e.status ?? 500).json({ type: e.type, msg: e.message, st: e.status, body: e.body, exp: e.expose, lim: e.limit, len: e.length, cs: e.charset, enc: e.encoding }));
const s = app.listen(5602, async () => {
  const go = async (p, ct, body, more) => { const a = await fetch('http://127.0.0.1:5602' + p, { method: 'POST', body, headers: { ...(ct && { 'content-type': ct }), ...more } }); console.log(p, ct, JSON.stringify(body)?.slice(0, 50), a.status, await a.text()); };
  const J = 'application/json';
  await go('/json', J, '{"a":1}'); await go('/json', J, ''); await go('/json', J, '[1,2]'); await go('/json', J, '"x"'); await go('/json', J, 'null'); await go('/json', J, '{"a":'); await go('/json', J, '{a:1}'); await go('/json', J, '  {"a":1}  ');
  await go('/json', 'text/plain', '{"a":1}'); await go('/json', 'application/vnd.api+json', '{"a":1}'); await go('/json', 'application/json; charset=latin1', '{"a":1}'); await go('/json', 'application/json; charset=utf-16', '{"a":1}'); await go('/json', 'application/json; charset=UTF-8', '{"a":"ї"}');
  await go('/json', J, JSON.stringify({ a: 'x'.repeat(2000) })); await go('/json', J, '{"a":1}', { 'content-encoding': 'br2' }); await go('/json', undefined, '{"a":1}'); await go('/json', undefined, undefined);
  await go('/strict0', J, '"x"'); await go('/strict0', J, '5'); await go('/type', 'x/y', '{"q":[1]}'); await go('/rev', J, '{"a":1,"b":{"c":2}}'); await go('/ver', J, '{"bad":1}'); await go('/ver', J, '{"good":1}');
  const U = 'application/x-www-form-urlencoded';
  for (const b of ['a=1&b=2', 'a=1&a=2', 'a[]=1&a[]=2', 'a[b][c]=1', 'a=1+2&b=%20x', 'a', 'a=&=b', '', 'a[0]=x&a[2]=y', 'é=ї', 'a.b=1', 'a=%zz', '__proto__[x]=1', 'a[b]=1&a=2']) { await go('/u', U, b); await go('/u0', U, b); }
  await go('/t', 'text/plain', 'hey'); await go('/t', 'text/html', 'hey'); await go('/raw', 'application/octet-stream', 'abc'); await go('/none', J, '{}'); await go('/u', U, Array.from({ length: 1001 }, (_, i) => 'k' + i).join('&'));
  s.close();
});
