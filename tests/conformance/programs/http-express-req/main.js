const express = require('express');
const app = express(); app.set('trust proxy', true); app.set('query parser', 'extended');
app.use(express.json());
app.post('/p/:x', (q, r) => {
  console.log(q.method, q.url, q.originalUrl, q.path, q.baseUrl, q.hostname, q.host, q.protocol, q.secure, q.ip, q.ips, q.subdomains, q.xhr, q.fresh, q.stale, q.httpVersion);
  console.log(q.query, q.params, q.body, q.route.path, q.get('Referrer'), q.get('content-type'), q.header('x-a'));
  console.log(q.is('json'), q.is('application/*'), q.is('html'), q.is(['json', 'html']), q.accepts('json'), q.accepts('html', 'json'), q.accepts(['text/plain']), q.accepts(), q.acceptsLanguages('uk', 'en'), q.acceptsEncodings('gzip'), q.acceptsCharsets('utf-8'));
  console.log(q.range(1000), q.app === app, q.res === r, r.req === q, r.app === app, typeof q.next, q.complete, q.aborted, q.socket.remotePort > 0);
  r.locals.a = 1; console.log(r.locals, app.locals.settings === app.settings, app.get('env'), app.enabled('etag'), app.path(), app.mountpath);
  r.end();
});
const s = app.listen(5603, () => {
  const http = require('http');
  const q = http.request({ port: 5603, method: 'POST', path: '/p/1?a=1&b[c]=2&d=x%20y&e', headers: { host: 'a.b.example.com:5603', 'content-type': 'application/json; charset=utf-8', referer: 'http://ref', 'x-a': '1', accept: 'text/html;q=0.5, application/json', 'accept-language': 'uk, en;q=0.8', 'x-forwarded-for': '1.1.1.1, 2.2.2.2', 'x-forwarded-proto': 'https', 'x-requested-with': 'XMLHttpRequest', range: 'bytes=0-99,200-299' } }, (r) => { r.resume(); r.on('end', () => { console.log(r.statusCode, r.complete, s.address().port, s.listening); s.close(); }); });
  q.end('{"k":[1]}');
});
