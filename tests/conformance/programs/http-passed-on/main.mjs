import http from 'node:http'; import express from 'express'; import { once } from 'node:events';
const log = (...a) => console.log(...a);
const up = http.createServer(async (q, r) => { const got = []; for await (const c of q) got.push(String(c)); r.writeHead(q.url === '/err' ? 502 : 200, { 'x-up': '1', 'content-type': 'text/plain' }); r.write('['); r.end(got.join('|') + ']'); });
await once(up.listen(0), 'listening'); const U = `http://localhost:${up.address().port}`;
const app = express(); app.set('env', 'test');
app.post('/fetch', async (q, r) => { const x = await fetch(U + q.url, { method: 'POST', body: q, duplex: 'half' }); r.status(x.status).type('txt'); for await (const c of x.body) r.write(c); r.end(); });
app.post('/pipe', (q, r) => { const o = http.request(U + q.url, { method: 'POST', headers: { 'content-type': 'text/x' } }, (x) => { r.writeHead(x.statusCode, { 'x-up': x.headers['x-up'] }); x.pipe(r); }); q.pipe(o); o.on('error', (e) => r.status(502).send(e.code)); });
app.post('/down', (q, r) => { const o = http.request({ port: 1, method: 'POST' }, () => {}); q.pipe(o); o.on('error', (e) => r.status(502).send(e.code)); });
app.get('/sse', (q, r) => { r.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' }); r.flushHeaders(); let n = 0; const i = setInterval(() => { r.write(`id: ${++n}\ndata: ${n}\n\n`); if (n === 3) { clearInterval(i); r.end(); } }, 20); q.on('close', () => { clearInterval(i); log('sse closed', n); }); });
app.get('/iter', async (q, r) => { async function* g() { yield 'a'; yield 'b'; } for await (const c of g()) if (!r.write(c)) await once(r, 'drain'); r.end('c'); });
app.use((e, q, r, n) => r.status(500).json({ e: e.message, c: e.cause?.code }));
const s = app.listen(0); await once(s, 'listening'); const B = `http://localhost:${s.address().port}`;
const raw = (path, chunks) => new Promise((ok) => { const q = http.request(B + path, { method: 'POST' }, async (r) => { let b = ''; for await (const c of r) b += c; ok([r.statusCode, r.headers['x-up'], b]); }); (async () => { for (const c of chunks) { q.write(c); await new Promise((d) => setTimeout(d, 10)); } q.end(); })(); });
log(await raw('/fetch', ['one'])); log(await raw('/pipe', ['one', 'two'])); log(await raw('/fetch', [])); log(await raw('/down', ['x']));
{ const r = await fetch(B + '/sse'); const d = new TextDecoder(); for await (const c of r.body) log(JSON.stringify(d.decode(c, { stream: true }))); }
{ const c = new AbortController(); const r = await fetch(B + '/sse', { signal: c.signal }); try { for await (const x of r.body) { log('got', String(Buffer.from(x)).length); c.abort(); } } catch (e) { log(e.name); } await new Promise((d) => setTimeout(d, 50)); }
log(await (await fetch(B + '/iter')).text());
{ const body = new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode('x')); }, pull(c) { c.error(new Error('source broke')); } }); try { await fetch(B + '/fetch', { method: 'POST', body, duplex: 'half' }); } catch (e) { log(e.name, e.message, e.cause?.message); } }
{ try { const q = new ReadableStream(); q.getReader(); await fetch(B + '/fetch', { method: 'POST', body: q, duplex: 'half' }); } catch (e) { log(e.name, e.message); } }
{ const r = new Response((async function* () { yield new TextEncoder().encode('gen '); yield new TextEncoder().encode('body'); })()); log(await r.text(), r.bodyUsed); const r2 = new Response(new ReadableStream({ pull(c) { c.enqueue('not bytes'); c.close(); } })); try { log(await r2.text()); } catch (e) { log(e.name, e.message); } }
up.closeAllConnections(); up.close(); s.closeAllConnections(); s.close();
