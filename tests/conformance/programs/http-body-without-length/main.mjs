import http from 'node:http'; import express from 'express'; import { once } from 'node:events';
const log = (...a) => console.log(...a);
const app = express(); app.use(express.json()); app.delete('/sync', (q, r) => { log('handler', q.body); r.send('sync'); }); app.delete('/async', (q, r) => { q.on('aborted', () => log('aborted')); r.on('close', () => log('res closed', r.writableFinished)); setTimeout(() => r.send('async'), 10); });
const s = app.listen(0); await once(s, 'listening'); const { port } = s.address();
const ask = (method, path, headers, body, parts) => new Promise((ok) => { const q = http.request({ port, method, path, headers }, (r) => { let b = ''; r.on('data', (c) => (b += c)); r.on('end', () => setTimeout(ok, 30, [r.statusCode, r.statusMessage, r.headers.connection, b])); }); q.on('error', (e) => ok([e.code])); if (parts) for (const p of parts) q.write(p); q.end(body); });
const json = { 'Content-Type': 'application/json' };
log(await ask('DELETE', '/sync', json, '{"a":1}')); log(await ask('DELETE', '/async', json, '{"a":1}')); log(await ask('DELETE', '/sync', { ...json, 'Content-Length': 7 }, '{"a":1}')); log(await ask('DELETE', '/sync', { ...json, 'Transfer-Encoding': 'chunked' }, '{"a":1}')); log(await ask('DELETE', '/async', json, undefined, ['{"a"', ':1}'])); log(await ask('DELETE', '/sync', json)); log(await ask('GET', '/none', json, 'x'));
s.closeAllConnections(); s.close();
