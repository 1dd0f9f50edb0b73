import express from 'express';
import http from 'node:http';
import { once } from 'node:events';
const hide = new Set(['date', 'connection', 'keep-alive']);
const ask = (port, { method = 'GET', path = '/', headers = {}, body } = {}) => new Promise((done) => {
  const req = http.request({ port, method, path, headers, agent: false }, (res) => { const parts = []; res.on('data', (c) => parts.push(c)); res.on('end', () => {
    done(`${method} ${path} → ${res.statusCode} ${Object.entries(res.headers).filter(([n]) => !hide.has(n)).map(([n, v]) => `${n}=${v}`).join(' ')} ${JSON.stringify(Buffer.concat(parts).toString())}`); }); });
  req.on('error', (e) => done(`${method} ${path} → ${e.code}`)); req.end(body);
});
async function program(name, app, asks) {
  console.log('# ' + name);
  const server = app.listen(0); await once(server, 'listening'); const { port } = server.address();
  for (const each of asks) console.log(await ask(port, typeof each === 'string' ? { path: each } : each));
  server.closeAllConnections(); server.close();
}
{
  const app = express();
  console.log(Object.keys(app.settings).filter((k) => !/view/.test(k)), app.settings['query parser'], app.settings.etag, app.settings['jsonp callback name']);
  for (const k of ['x-powered-by', 'etag', 'env', 'query parser', 'subdomain offset', 'trust proxy', 'view cache', 'case sensitive routing', 'strict routing', 'json spaces', 'nope']) console.log(k, app.get(k), app.set(k), app.enabled(k), app.disabled(k));
  console.log(app.set('a', 1) === app, app.enable('b') === app, app.disable('c') === app, app.get('a'), app.get('b'), app.get('c'), app.enabled('b'), app.disabled('c'));
  for (const f of [() => app.set('etag', 'foo'), () => app.set('etag', 5), () => app.set('query parser', 'foo'), () => app.set('query parser', 5), () => app.set('trust proxy', 'nonsense'), () => app.use(), () => app.use('/x'), () => app.use('/x', 5), () => app.get('/x'), () => app.get('/x', 'y'), () => app.get('/x', null), () => app.route('/x').get(), () => app.route('/x').get('a'), () => app.all('/x'), () => app.param('id'), () => app.param('id', 5), () => app.param(() => {}), () => app.get('/*', () => {}), () => app.get('/:', () => {}), () => app.get('/a(b)', () => {}), () => app.get('/a?', () => {}), () => app.get('/a+', () => {}), () => app.get('/{a', () => {}), () => app.get('/a}', () => {}), () => app.get('/:"a', () => {}), () => app.get('/[a]', () => {}), () => app.get('/!a', () => {}), () => app.get('/a\\', () => {}), () => app.get('/:a/:a', () => {}), () => app.get('*', () => {}), () => app.use('/*', () => {}), () => express.Router().use(), () => express.Router().param('x', 4), () => express.json({ verify: 5 }), () => express.urlencoded({ parameterLimit: 0 }), () => express.urlencoded({ parameterLimit: 'x' }), () => express.urlencoded({ depth: -1 }), () => express.json({ limit: 'huge' }), () => express.raw({ verify: 'x' }), () => express.bodyParser, () => express.urlencoded({ defaultCharset: 'latin2' })]) try { console.log('ok', typeof f()); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(Object.keys(express).sort(), typeof express.application, typeof express.request, typeof express.response, express.Router.name, express.Route.name);
{
  const app = express(); app.set('json spaces', 2); app.set('json escape', true); app.set('json replacer', (k, v) => k === 'secret' ? undefined : v); app.disable('x-powered-by'); app.set('jsonp callback name', 'cb');
  app.get('/j', (q, r) => r.json({ a: '<b>&', secret: 1, n: [1] })); app.get('/p', (q, r) => r.jsonp({ a: '\u2028<' })); app.get('/s', (q, r) => r.send({ a: 1 }));
  await program('json settings', app, ['/j', '/p', '/p?cb=go', '/p?callback=go', '/p?cb=a&cb=b', '/s']);
}
{
  const app = express(); app.enable('case sensitive routing'); app.enable('strict routing');
  app.get('/Foo', (q, r) => r.send('Foo')); app.get('/bar/', (q, r) => r.send('bar/')); app.use('/U', (q, r) => r.send('U ' + q.url + ' ' + q.baseUrl)); const r = express.Router(); r.get('/in', (q, s) => s.send('in')); app.use('/r', r);
  await program('strict', app, ['/Foo', '/foo', '/Foo/', '/bar/', '/bar', '/U', '/u', '/U/', '/U/x?y=1', '/r/in', '/r/IN', '/r/in/']);
}
{
  const main = express(), admin = express(), deep = express();
  admin.on('mount', (p) => console.log('mounted', p === main, admin.mountpath, admin.path(), admin.parent === main));
  deep.on('mount', (p) => console.log('deep mounted', p === admin, deep.mountpath, deep.path()));
  main.set('title', 'Main'); main.locals.site = 'm'; main.enable('trust proxy'); main.set('json spaces', 1);
  admin.set('title', 'Admin'); admin.locals.site = 'a';
  main.use(['/admin', '/manage'], admin); admin.use('/deep', deep);
  console.log(main.path(), JSON.stringify(main.mountpath), admin.path(), deep.path(), admin.get('trust proxy'), admin.get('json spaces'), deep.get('title'), admin.enabled('trust proxy'));
  main.use((q, r, n) => { r.locals.seen = [q.app === main]; n(); });
  const show = (q, r) => r.json({ title: q.app.get('title'), site: q.app.locals.site, base: q.baseUrl, url: q.url, orig: q.originalUrl, seen: r.locals.seen, ip: q.ip });
  admin.get('/x', show); deep.get('/y', show); main.get('/z', show); admin.use((e, q, r, n) => { r.status(500).send('admin caught ' + e.message + ' ' + q.baseUrl); }); deep.get('/throw', () => { throw new Error('deep'); });
  main.get('/after', (q, r) => r.json({ t: q.app.get('title') })); main.get('/admin/left', show);
  await program('mounted', main, ['/admin/x', '/manage/x', '/admin/deep/y', '/z', '/admin/deep/throw', '/admin/left', '/after', { path: '/admin/x', headers: { 'x-forwarded-for': '9.9.9.9' } }]);
}
