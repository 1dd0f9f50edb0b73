import http from 'node:http';
import { once } from 'node:events';
const log = [];
const say = (...w) => log.push(w.join(' '));
const flush = (title) => { console.log(title + ': ' + log.splice(0).join(', ')); };
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
async function withServer(handler, setup, client) {
  const server = http.createServer(handler);
  setup?.(server);
  server.listen(0); await once(server, 'listening');
  await client(server.address().port, server);
  server.closeAllConnections?.(); server.close();
  await wait(20);
}
// 1 expect continue default
await withServer((req, res) => {
  say('request', req.headers.expect); let n = 0;
  req.on('data', (c) => { n += c.length; }); req.on('end', () => { say('end', n); res.end('got ' + n); });
}, undefined, async (port) => {
  const req = http.request({ port, method: 'POST', headers: { Expect: '100-continue' } });
  req.on('continue', () => { say('continue'); req.end('hello'); });
  req.on('information', (i) => say('info', i.statusCode, i.statusMessage, JSON.stringify(i.headers)));
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
  req.flushHeaders?.();
  await once(req, 'close'); flush('continue');
});
// 2: no flushHeaders, just continue listener: Node sends header immediately when Expect is set
await withServer((req, res) => { say('request'); req.resume(); req.on('end', () => res.end('x')); }, undefined, async (port) => {
  const req = http.request({ port, method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 5 } });
  say('headersSent', req.headersSent);
  req.on('continue', () => { say('continue'); req.end('hello'); });
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
  await once(req, 'close'); flush('no flush');
});
// 3 checkContinue
await withServer((req, res) => { say('REQUEST!'); res.end(); }, (s) => s.on('checkContinue', (req, res) => {
  say('check', req.method, req.headers['content-length']); res.writeContinue(); let t = ''; req.setEncoding('utf8'); req.on('data', (c) => t += c); req.on('end', () => { say('body', t); res.end('ok'); });
}), async (port) => {
  const req = http.request({ port, method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 5 } });
  req.on('continue', () => { say('continue'); req.end('hello'); });
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
  await once(req, 'close'); flush('check');
});
// 4 checkContinue refuse
await withServer(() => say('REQUEST!'), (s) => s.on('checkContinue', (req, res) => { say('check'); res.writeHead(417, { Connection: 'close' }); res.end('no'); }), async (port) => {
  const req = http.request({ port, method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 5 } });
  req.on('continue', () => { say('continue'); });
  req.on('error', (e) => say('error', e.code));
  req.on('response', (r) => { say('response', r.statusCode); r.on('data', (c) => say('data', c)); r.on('end', () => { say('end'); req.destroy(); }); });
  await once(req, 'close'); flush('refuse');
});
// 5 other expectation
await withServer(() => say('REQUEST!'), undefined, async (port) => {
  const req = http.request({ port, method: 'GET', headers: { Expect: 'meat' } });
  req.on('response', (r) => { say('response', r.statusCode, r.statusMessage, JSON.stringify(r.headers).replace(/"date":"[^"]*"/, '"date"')); r.resume(); });
  req.end();
  await once(req, 'close'); flush('meat');
});
// 6 checkExpectation
await withServer(() => say('REQUEST!'), (s) => s.on('checkExpectation', (req, res) => { say('exp', req.headers.expect); res.end('fine'); }), async (port) => {
  const req = http.request({ port, method: 'GET', headers: { Expect: 'meat' } });
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
  req.end();
  await once(req, 'close'); flush('expectation');
});
// 7 client does not wait: Expect with end(body)
await withServer((req, res) => { let n = 0; req.on('data', (c) => n += c.length); req.on('end', () => res.end(String(n))); }, undefined, async (port) => {
  const req = http.request({ port, method: 'POST', headers: { Expect: '100-continue' } });
  req.on('continue', () => say('continue'));
  req.on('response', (r) => { say('response'); r.on('data', (c) => say('data', c)); r.on('end', () => say('end')); });
  req.end('hello');
  await once(req, 'close'); flush('not waiting');
});
// 8 writeProcessing / earlyhints / information
await withServer((req, res) => { res.writeProcessing(); res.writeEarlyHints({ link: '</a.css>; rel=preload' }); setTimeout(() => { res.writeContinue(); res.end('done'); }, 5); }, undefined, async (port) => {
  const req = http.get({ port });
  req.on('continue', () => say('continue'));
  req.on('information', (i) => say('info', i.statusCode, i.statusMessage, JSON.stringify(i.headers), JSON.stringify(i.rawHeaders), Object.keys(i).join('|')));
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
  await once(req, 'close'); flush('information');
});
// 9 headersSent with expect: setHeader afterwards
await withServer((req, res) => { req.resume(); res.end(); }, undefined, async (port) => {
  const req = http.request({ port, method: 'POST', headers: { Expect: '100-continue' } });
  try { req.setHeader('a', 'b'); } catch (e) { say(e.code, e.message); }
  req.on('response', (r) => r.resume()); req.on('error', () => {});
  req.on('continue', () => req.end());
  await once(req, 'close'); flush('set after');
});
// 10 fetch with expect header
await withServer((req, res) => { res.end('x'); }, undefined, async (port) => {
  try { const r = await fetch('http://localhost:' + port, { method: 'POST', body: 'a', headers: { Expect: '100-continue' } }); say(r.status); } catch (e) { say(e.name, e.message, e.cause?.name, e.cause?.code, e.cause?.message); }
  flush('fetch');
});
// 11 status 1xx by user: res.writeHead(100)
await withServer((req, res) => { try { res.writeHead(101); say('ok'); res.end(); } catch (e) { say(e.code, e.message); res.end(); } }, undefined, async (port) => {
  const req = http.get({ port });
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); }); req.on('error', (e) => say(e.code, e.message));
  req.on('upgrade', (r, s) => { say('upgrade', r.statusCode); s.destroy(); });
  req.on('information', (i) => say('info', i.statusCode));
  await once(req, 'close'); flush('101');
});
