import express from 'express';
import http from 'node:http';
import { once } from 'node:events';
const ask = (port, { method = 'GET', path = '/', headers = {}, body } = {}) => new Promise((done) => {
  const req = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (res) => { const parts = []; res.on('data', (c) => parts.push(c)); res.on('end', () => done(`${res.statusCode} ${Buffer.concat(parts)}`)); });
  req.on('error', (e) => done(`${method} ${path} → ${e.code}`)); req.end(body);
});
const f = { 'x-forwarded-for': '1.1.1.1, 10.0.0.5, 127.0.0.2', 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'a.b.shop.test:8443, other.test', host: 'x.y.local.test:81' };
for (const trust of [undefined, true, false, 0, 1, 2, 3, 'loopback', 'loopback, 10.0.0.0/8', 'uniquelocal', ['loopback', '10.0.0.5'], '127.0.0.1/32', (ip, i) => i < 1, '1', '']) {
  const app = express(); if (trust !== undefined) try { app.set('trust proxy', trust); } catch (e) { console.log(trust, e.message); continue; }
  app.get('/', (q, r) => r.json({ ip: q.ip, ips: q.ips, proto: q.protocol, secure: q.secure, host: q.host, hostname: q.hostname, sub: q.subdomains, xhr: q.xhr }));
  const s = app.listen(0, '127.0.0.1'); await once(s, 'listening'); const { port } = s.address();
  console.log(trust, await ask(port, { headers: f }));
  if (trust === true) { for (const h of [{}, { host: '[::1]:80' }, { host: '[::1]' }, { host: '1.2.3.4:5' }, { host: 'localhost' }, { 'x-forwarded-proto': 'ftp' }, { 'x-forwarded-host': '' }, { 'x-forwarded-for': '' }, { 'x-forwarded-for': ' 1.1.1.1 ,2.2.2.2' }, { 'x-requested-with': 'xmlhttprequest' }]) console.log(h, await ask(port, { headers: { host: 'h', ...h } })); app.set('subdomain offset', 1); console.log(await ask(port, { headers: { host: 'a.b.c' } })); app.set('subdomain offset', 0); console.log(await ask(port, { headers: { host: 'a.b.c' } })); }
  s.closeAllConnections(); s.close();
}
