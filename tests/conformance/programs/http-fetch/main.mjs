import http from 'node:http';
const s = http.createServer((q, r) => { let b = ''; q.on('data', (c) => (b += c)); q.on('end', () => {
  if (q.url === '/redir') { r.writeHead(302, { location: '/end' }); return r.end(); }
  if (q.url === '/loop') { r.writeHead(302, { location: '/loop' }); return r.end(); }
  if (q.url === '/r307') { r.writeHead(307, { location: '/end' }); return r.end(); }
  if (q.url === '/r303') { r.writeHead(303, { location: 'end' }); return r.end(); }
  if (q.url === '/never') return;
  if (q.url === '/drop') return q.socket.destroy();
  if (q.url === '/json') { r.setHeader('content-type', 'application/json'); return r.end('{"a":[1,2]}'); }
  if (q.url === '/badjson') return r.end('{oops');
  r.setHeader('x-m', q.method); r.end(JSON.stringify({ m: q.method, u: q.url, b, ct: q.headers['content-type'], cl: q.headers['content-length'], te: q.headers['transfer-encoding'], a: q.headers.accept, ua: q.headers['user-agent'] })); }); });
await new Promise((d) => s.listen(5605, d));
const B = 'http://localhost:5605';
const t = async (name, f) => { try { console.log(name, await f()); } catch (e) { console.log(name, 'threw', e.name, e.message, e.cause?.code, e.cause?.message); } };
await t('get', async () => (await fetch(B + '/x?q=1#h')).json());
await t('post', async () => (await fetch(B, { method: 'post', body: 'hi' })).json());
await t('form', async () => (await fetch(B, { method: 'POST', body: new URLSearchParams({ a: '1 2', b: 'é' }) })).json());
await t('buf', async () => (await fetch(B, { method: 'PUT', body: new Uint8Array([65, 66]) })).json());
await t('getbody', async () => (await fetch(B, { body: 'x' })).json());
await t('patch', async () => (await fetch(B, { method: 'patch', body: 'x' })).text());
await t('redir', async () => { const r = await fetch(B + '/redir', { method: 'POST', body: 'z' }); return [r.redirected, r.url, (await r.json()).m]; });
await t('r307', async () => { const r = await fetch(B + '/r307', { method: 'POST', body: 'z' }); const j = await r.json(); return [j.m, j.b]; });
await t('r303', async () => (await (await fetch(B + '/r303', { method: 'PUT', body: 'z' })).json()).m);
await t('manual', async () => { const r = await fetch(B + '/redir', { redirect: 'manual' }); return [r.status, r.type, r.headers.get('location'), r.ok]; });
await t('error', () => fetch(B + '/redir', { redirect: 'error' }));
await t('loop', () => fetch(B + '/loop'));
await t('json', async () => (await fetch(B + '/json')).json());
await t('badjson', async () => (await fetch(B + '/badjson')).json());
await t('twice', async () => { const r = await fetch(B + '/json'); await r.text(); return [r.bodyUsed, await r.text()]; });
await t('clone', async () => { const r = await fetch(B + '/json'); const c = r.clone(); return [await r.text(), await c.json()]; });
await t('ab', async () => { const r = await fetch(B + '/json'); return new Uint8Array(await r.arrayBuffer()).length; });
await t('blob', async () => { const r = await fetch(B + '/json'); const b = await r.blob(); return [b.size, b.type]; });
await t('stream', async () => { let n = 0; for await (const c of (await fetch(B + '/json')).body) n += c.length; return n; });
await t('abort', () => { const c = new AbortController(); setTimeout(() => c.abort(), 20); return fetch(B + '/never', { signal: c.signal }); });
await t('abort reason', () => { const c = new AbortController(); setTimeout(() => c.abort(new Error('why')), 20); return fetch(B + '/never', { signal: c.signal }); });
await t('aborted', () => fetch(B, { signal: AbortSignal.abort() }));
await t('timeout', () => fetch(B + '/never', { signal: AbortSignal.timeout(20) }));
await t('any', () => fetch(B + '/never', { signal: AbortSignal.any([AbortSignal.timeout(20), new AbortController().signal]) }));
await t('drop', () => fetch(B + '/drop'));
await t('refused', () => fetch('http://localhost:5998/'));
await t('badurl', () => fetch('nope'));
await t('proto', () => fetch('ftp://x/'));
await t('cred', () => fetch('http://a:b@localhost:5605/'));
await t('badmethod', () => fetch(B, { method: 'a b' }));
await t('badheader', () => fetch(B, { headers: { 'a b': 'c' } }));
await t('badvalue', () => fetch(B, { headers: { a: 'c\nd' } }));
await t('request', async () => { const q = new Request(B + '/q', { method: 'POST', body: 'r', headers: { 'X-A': '1' } }); return [q.method, q.url, q.headers.get('x-a'), (await (await fetch(q)).json()).b, q.bodyUsed]; });
const r = new Response('b', { status: 201, statusText: 'S', headers: { a: '1' } });
console.log(r.status, r.ok, r.statusText, r.headers.get('content-type'), await r.text(), r.bodyUsed);
console.log(Response.json({ a: 1 }).headers.get('content-type'), Response.error().type, Response.redirect('http://x/', 301).headers.get('location'));
await t('r600', () => new Response('', { status: 600 })); await t('r204', () => new Response('x', { status: 204 }));
const h = new Headers([['B', '2'], ['a', '1'], ['b', '3']]); h.append('Set-Cookie', 'x=1'); h.append('set-cookie', 'y=2'); console.log([...h], h.get('b'), h.get('set-cookie'), h.getSetCookie(), h.has('A')); h.delete('b'); h.set('a', ' 9 '); console.log([...h.entries()], h); h.forEach((v, k) => console.log(k, v));
console.log(r, new Request('http://x/', { headers: { q: '1' } }).headers);
s.closeAllConnections(); s.close();
