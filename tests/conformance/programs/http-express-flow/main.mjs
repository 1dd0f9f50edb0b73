import express from 'express';
import http from 'node:http';
import { once } from 'node:events';
const hide = new Set(['date', 'connection', 'keep-alive', 'x-powered-by', 'etag']);
const ask = (port, { method = 'GET', path = '/', headers = {}, body } = {}) => new Promise((done) => {
  const req = http.request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (res) => { const parts = []; res.on('data', (c) => parts.push(c)); res.on('aborted', () => done(`${method} ${path} → ${res.statusCode} aborted ${Buffer.concat(parts)}`)); res.on('end', () => {
    if (res.headers['content-security-policy']) { delete res.headers['content-length']; delete res.headers['content-security-policy']; delete res.headers['x-content-type-options']; }
    done(`${method} ${path} → ${res.statusCode} ${res.statusMessage} ${Object.entries(res.headers).filter(([n]) => !hide.has(n)).map(([n, v]) => `${n}=${v}`).join(' ')} ${JSON.stringify(Buffer.concat(parts).toString().replace(/<!DOCTYPE[^]*<pre>([^]*)<\/pre>[^]*/, 'PAGE $1').replace(/(<br>)[^]*/, ''))}`); }); });
  req.on('error', (e) => done(`${method} ${path} → ${e.code} ${e.message}`)); req.end(body);
});
console.error = () => {};
async function program(name, app, asks) {
  console.log('# ' + name);
  const server = app.listen(0, '127.0.0.1'); await once(server, 'listening'); const { port } = server.address();
  for (const each of asks) { console.log(await ask(port, typeof each === 'string' ? { path: each } : each)); }
  server.closeAllConnections(); server.close();
}
{
  const app = express(); const log = [];
  const step = (n) => (q, r, next) => { log.push(n); next(); };
  app.use((q, r, next) => { log.length = 0; next(); });
  app.get('/a', step('a1'), [step('a2'), [step('a3')]], (q, r) => r.json(log));
  app.get('/b', step('b1'), (q, r, n) => n('route'), step('never'));
  app.get('/b', step('b2'), (q, r) => r.json(log));
  const r = express.Router(); r.use(step('r1')); r.get('/x', step('rx'), (q, s, n) => n('router')); r.use(step('r2 never'), (q, s) => s.send('never')); app.use('/r', r); app.use('/r', (q, s) => s.json([...log, q.url]));
  app.get('/c', (q, r, n) => { setTimeout(n, 5); }, (q, r) => r.json(['late', r.headersSent, r.writableEnded]));
  app.get('/twice', (q, r, n) => { n(); n(); }, (q, r) => { log.push('t'); if (log.length === 1) r.json(log); });
  app.get('/err', step('e'), (q, r, n) => n(new Error('one')), step('skipped'), (e, q, r, n) => { log.push('in route ' + e.message); n(); }, (q, r) => r.json(log));
  app.get('/err2', (e, q, r, n) => r.send('not for me'), async (q, r) => { throw Object.assign(new Error('two'), { status: 422 }); }, async (e, q, r, n) => { throw Object.assign(new Error('three ' + e.message), { statusCode: 409 }); });
  app.get('/falsy/:v', (q, r, n) => n({ zero: 0, empty: '', null: null, false: false, nan: NaN }[q.params.v]), (q, r) => r.send('went on'));
  app.get('/throwfalsy/:v', (q, r) => { throw { zero: 0, empty: '', null: null, undefined: undefined, string: 'text', object: { a: 1 } }[q.params.v]; });
  app.get('/rejectfalsy/:v', async (q, r) => { throw { zero: 0, empty: '', null: null, undefined: undefined, string: 'text', object: { a: 1 } }[q.params.v]; });
  app.get('/thenable', (q, r) => ({ then: (ok, no) => no(new Error('thenable')) }));
  app.get('/status/:s', (q, r, n) => n(Object.assign(new Error('m<b>'), { status: Number(q.params.s), headers: { 'X-Err': 'yes', 'Content-Type': 'text/weird' } })));
  app.get('/statustext', (q, r, n) => n(Object.assign(new Error('m'), { status: '404' })));
  app.get('/resstatus', (q, r, n) => { r.status(403).set('X-Keep', '1').set('Content-Encoding', 'gzip').type('json'); n(new Error('kept?')); });
  app.get('/sent', (q, r, n) => { r.write('part'); n(new Error('after sent')); });
  app.get('/ended', (q, r, n) => { r.send('done'); n(new Error('after end')); });
  app.get('/cause', (q, r, n) => n(new Error('outer', { cause: new Error('inner') })));
  app.get('/nothing', (q, r, n) => { r.status(201).set('X-Left', '1'); n(); });
  class HttpError extends Error { constructor(s, m) { super(m); this.status = s; this.name = 'HttpError'; } } app.get('/class', () => { throw new HttpError(418, 'tea'); });
  await program('flow', app, ['/a', '/b', '/r/x', '/c', '/twice', '/err', '/err2', ...['zero', 'empty', 'null', 'false', 'nan'].map((v) => '/falsy/' + v), ...['zero', 'empty', 'null', 'undefined', 'string', 'object'].flatMap((v) => ['/throwfalsy/' + v, '/rejectfalsy/' + v]), '/thenable', ...[200, 399, 400, 404, 451, 499, 500, 599, 600].map((s) => '/status/' + s), '/statustext', '/resstatus', '/sent', '/ended', '/cause', '/nothing', '/class', '/a%20b<c>', { method: 'POST', path: '/a', body: 'x' }, '//a', '/a//', '/A?x#y', { method: 'HEAD', path: '/a' }, { method: 'OPTIONS', path: '/b' }, { method: 'HEAD', path: '/class' }]);
}
{
  const app = express();
  app.get('/files/*path', (q, r) => r.json(q.params)); app.get('/any/{*rest}', (q, r) => r.json(q.params)); app.get('/opt{/:a}{/:b}', (q, r) => r.json(q.params)); app.get('/ext/:name{.:ext}', (q, r) => r.json(q.params)); app.get('/:from-:to/x', (q, r) => r.json(q.params)); app.get('/q/:"odd name"', (q, r) => r.json(q.params)); app.get('/esc\\*\\:x', (q, r) => r.send('escaped')); app.get('/v:major.:minor', (q, r) => r.json(q.params)); app.get('/flights/*route/end', (q, r) => r.json(q.params)); app.get(['/one', '/two/:x', /^\/three(\d)$/], (q, r) => r.json([q.params, String(q.route.path)])); app.get(/\/re\/(?<id>\d+)\/?(.*)/, (q, r) => r.json({ ...q.params }));
  app.get('/p{refix}ed', (q, r) => r.send('opt')); app.all('/{*splat}', (q, r) => r.json({ rest: q.params }));
  await program('paths', app, ['/files/a/b.txt', '/files', '/any', '/any/', '/any/x/y', '/opt', '/opt/1', '/opt/1/2', '/ext/a', '/ext/a.b', '/ext/a.b.c', '/kyiv-lviv/x', '/a-b-c/x', '/q/1', '/esc*:x', '/v1.2', '/v1.2.3', '/flights/a/b/end', '/one', '/two/z%2Fq', '/three7', '/re/12', '/re/12/abc', '/prefixed', '/ped', '/', '/x/y/z', '/%E0%A4%A', '/files/%E0%A4%A']);
}
{
  const app = express(); const log = [];
  app.param('id', async (q, r, next, id) => { log.push('id ' + id); if (id === 'boom') throw new Error('param boom'); q.user = { id }; next(); }); app.param(['a', 'b'], (q, r, next, v, name) => { log.push(name + '=' + v); q.params[name] = v.toUpperCase(); next(); });
  app.use('/u/:id', (q, r, next) => { log.push('use ' + q.params.id); next(); }); app.get('/u/:id', (q, r, next) => { log.push('first'); next(); }); app.get('/u/:id', (q, r) => r.json([q.user, log.splice(0)])); app.get('/ab/:a/:b', (q, r) => r.json([q.params, log.splice(0)]));
  const parent = express.Router({ mergeParams: true }), child = express.Router({ mergeParams: true }), plain = express.Router(); child.get('/:c', (q, r) => r.json([q.params, q.baseUrl, q.url])); plain.get('/:c', (q, r) => r.json([q.params, q.baseUrl, q.path])); parent.use('/child/:x', child); parent.use('/plain/:x', plain); app.use('/par/:x/:id2', parent);
  const ru = app.route('/route/:n'); console.log(ru.all((q, r, n) => { r.set('X-All', q.method); n(); }) === ru, ru.get((q, r) => r.send('got ' + q.params.n)).put((q, r) => r.send('put')).path, Object.keys(ru.methods), ru.stack.map((l) => [l.name, l.method]));
  console.log(app.router.stack.map((l) => l.route ? `${Object.keys(l.route.methods)} ${l.route.path} ${l.route.stack.length}` : `${l.name} ${typeof l.handle}`));
  app.use((e, q, r, n) => { r.status(500).json([e.message, log.splice(0)]); });
  await program('params', app, ['/u/7', '/u/boom', '/ab/x/y', '/par/1/2/child/3/4', '/par/1/2/plain/3/4', '/route/5', { method: 'PUT', path: '/route/5' }, { method: 'DELETE', path: '/route/5' }, { method: 'OPTIONS', path: '/route/5' }, { method: 'HEAD', path: '/route/5' }]);
}
