import express from 'express';
import http from 'node:http';
import { once } from 'node:events';
const hide = new Set(['date', 'x-powered-by', 'connection', 'keep-alive']);
const ask = (port, { method = 'GET', path = '/', headers = {}, body } = {}) => new Promise((done) => {
  const req = http.request({ port, method, path, headers, agent: false }, (res) => { const parts = []; res.on('data', (c) => parts.push(c)); res.on('end', () => {
    const whole = Buffer.concat(parts).toString(); if (whole.startsWith('<!DOCTYPE') || method === 'HEAD') delete res.headers['content-length'];
    const shown = Object.entries(res.headers).filter(([n]) => !hide.has(n)).map(([n, v]) => `${n}=${v}`).join(' ');
    const text = Buffer.concat(parts).toString().replace(/<pre>([^<]*?)(<br>|&nbsp;| at )[^]*<\/pre>/, '<pre>$1</pre>').replace(/<!DOCTYPE[^]*<pre>([^]*)<\/pre>[^]*/, 'PAGE $1');
    done(`${method} ${path} → ${res.statusCode} ${shown} ${JSON.stringify(text)}`); }); });
  req.on('error', (e) => done(`${method} ${path} → ${e.code}`)); req.end(body);
});
let title = '';
async function program(name, build, asks) {
  console.log('# ' + name);
  const app = express(); app.set('env', 'test'); build(app);
  const server = app.listen(0); await once(server, 'listening'); const { port } = server.address();
  for (const each of asks) console.log(await ask(port, typeof each === 'string' ? { path: each } : each));
  server.closeAllConnections(); server.close();
}
const json = { 'content-type': 'application/json' };
await program('nested routers', (app) => {
  const a = express.Router({ mergeParams: true }), b = express.Router(), c = express.Router({ strict: true, caseSensitive: true });
  a.get('/', (q, r) => r.json({ at: 'a', params: q.params, base: q.baseUrl, url: q.url, original: q.originalUrl, path: q.path }));
  b.get('/x', (q, r) => r.json({ at: 'b', params: q.params, base: q.baseUrl, route: q.route.path }));
  c.get('/Strict', (q, r) => r.send('strict')); c.get('/slash/', (q, r) => r.send('slash'));
  a.use('/b/:bid', b); app.use('/a/:aid', a); app.use('/c', c); app.route('/r').get((q, r) => r.send('get')).post((q, r) => r.send('post')).all((q, r) => r.send('all ' + q.method));
  app.use(['/one', '/two'], (q, r) => r.send(q.baseUrl + '|' + q.path));
}, ['/a/1', '/a/1/', '/a/1?x=1', '/a/1/b/2/x', '/a/1/b/2/y', '/A/1/B/2/X', '/c/Strict', '/c/strict', '/c/Strict/', '/c/slash/', '/c/slash', '/r', { method: 'POST', path: '/r' }, { method: 'DELETE', path: '/r' }, '/one', '/two/three', '/one/', '/onemore', '/a/%7Bx%7D', '/a/%zz', '/a/%D0%B9']);
await program('params', (app) => {
  app.param('id', (q, r, next, id, name) => { q.seen = `${name}=${id}`; if (id === 'bad') next(new Error('bad id')); else if (id === 'skip') next('route'); else next(); });
  app.get('/p/:id', (q, r) => r.send(q.seen)); app.get('/p/:id', (q, r) => r.send('second')); app.get('/two/:id/:name', (q, r) => r.json(q.params));
  app.get('/opt{/:x}', (q, r) => r.json(q.params)); app.get('/files/*path', (q, r) => r.json(q.params)); app.get(/^\/re(\d+)-(?<name>\w+)$/, (q, r) => r.json(q.params)); app.get(['/l1', '/l2/:z'], (q, r) => r.json(q.params));
}, ['/p/1', '/p/bad', '/p/skip', '/two/a/b', '/two/a%2Fb/c', '/opt', '/opt/5', '/opt/5/6', '/files/a/b/c.txt', '/files/', '/re12-ab', '/re-ab', '/l1', '/l2/9']);
await program('error order', (app) => {
  app.get('/sync', () => { throw new Error('sync'); }); app.get('/async', async () => { throw Object.assign(new Error('async'), { status: 418 }); }); app.get('/next', (q, r, next) => next(Object.assign(new Error('next'), { statusCode: 503, headers: { 'Retry-After': '5' } })));
  app.get('/string', (q, r, next) => next('a text')); app.get('/undefined', (q, r, next) => next(undefined)); app.get('/router', (q, r, next) => next('router')); app.get('/reject', async () => Promise.reject()); app.get('/number', (q, r, next) => next(404)); app.get('/obj', (q, r, next) => next({ status: 400, message: 'object' })); app.get('/low', (q, r, next) => next(Object.assign(new Error('low'), { status: 200 })));
  app.get('/expose', (q, r, next) => next(Object.assign(new Error('hidden'), { status: 500, expose: true })));
  app.use((e, q, r, next) => { r.set('X-First', String(e && e.message || e)); next(e); });
  app.use('/sync', (e, q, r, next) => { r.set('X-Second', 'yes'); next(e); });
  app.use((q, r, next) => { r.set('X-Plain', 'yes'); next(); });
}, ['/sync', '/async', '/next', '/string', '/undefined', '/router', '/reject', '/number', '/obj', '/low', '/expose', '/nothing', { method: 'HEAD', path: '/sync' }]);
for (const parser of ['simple', 'extended', false]) await program('query ' + parser, (app) => { app.set('query parser', parser); app.use((q, r) => r.json({ q: q.query, same: q.query === q.query })); },
  ['/?a=1&a=2', '/?a[]=1&a[]=2', '/?a[b][c]=1', '/?a.b=1', '/?a', '/?a=', '/?=1', '/?a=1&b=%zz', '/?a=%D0%B9+b', '/?a[0]=x&a[25]=y', '/?a[b]=1&a=2', '/?__proto__=1&a=1', '/?a[__proto__][x]=1', '/?a=1;b=2', '/?' + 'a[b]'.repeat(7) + '=1', '/?a[b][c][d][e][f][g][h]=1', '/??a=1', '/?a=1#b', '/?a%5Bb%5D=1', '/?hasOwnProperty=1', '/?&&a=1&', '/?a[=1', '/?a]=1', '/?a[]=', '/?a[]b=1', '/?constructor=x', '/?a[1]=x&a[0]=y', '/?a[]=1&a[5]=2', '/?a[2]=x', '/?a[b=1', '/?[a]=1', '/?[]=1', '/?a[][b]=1&a[][c]=2', '/?a[0][b]=1&a[1][b]=2', '/?a=1&a[b]=2', '/?a[b]=1&a=2', '/?a[b]=1&a[]=2', '/?a=1&a=2&a[b]=3', '/?a[0]=1&a[b]=2', '/?a[-1]=1', '/?a[01]=1', '/?a[20]=1', '/?a[19]=1', '/?a[toString]=1', '/?a[][]=1&a[][]=2', '/?a=2&a[0]=1', '/?a[[b]]=1', '/?a[b]]=1', '/?a[b][c=1', '/?[a=1', '/?a[x][]=1&a[x][y]=2', '/?a=%&b=%25', '/?a=0&a=1&a=2&a=3&a=4&a=5&a=6&a=7&a=8&a=9&a=10&a=11&a=12&a=13&a=14&a=15&a=16&a=17&a=18&a=19&a=20', '/?a[]=0&a[]=1&a[]=2&a[]=3&a[]=4&a[]=5&a[]=6&a[]=7&a[]=8&a[]=9&a[]=10&a[]=11&a[]=12&a[]=13&a[]=14&a[]=15&a[]=16&a[]=17&a[]=18&a[]=19']);
