import http from 'node:http';
import { once } from 'node:events';
const log = [];
const say = (...w) => log.push(w.join(' '));
const flush = (title) => { console.log(title + ': ' + log.splice(0).join(', ')); };
const wait = (ms) => new Promise((r) => setTimeout(r, ms));
async function withServer(handler, client) {
  const server = http.createServer(handler);
  server.listen(0); await once(server, 'listening');
  await client(server.address().port, server);
  server.closeAllConnections?.(); server.close();
  await wait(20);
}
const watch = (name, s) => { for (const e of ['aborted', 'error', 'end', 'close', 'finish']) s.on(e, (x) => say(`${name}.${e}${x?.code ? ' ' + x.code + ' ' + x.message : ''}`)); };
// A: for await break on small request body
for (const [kind, len] of [['small', 5], ['large', 300000]]) {
  await withServer(async (req, res) => {
    watch('req', req); watch('res', res);
    let n = 0;
    for await (const c of req) { n++; break; }
    say('broke', n, req.destroyed, req.aborted, req.readableEnded, res.destroyed, req.socket?.destroyed);
    res.end('late');
  }, async (port) => {
    const req = http.request({ port, method: 'POST' });
    req.on('error', (e) => say('client.error', e.code, e.message));
    req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
    req.end(Buffer.alloc(len, 'a'));
    await once(req, 'close').catch(() => {}); await wait(30); flush('break request ' + kind);
  });
}
// B: body in two pieces, break after first
await withServer(async (req, res) => {
  watch('req', req);
  for await (const c of req) { say('chunk', c.length); break; }
  say('broke', req.destroyed, req.aborted);
  try { res.end('late'); } catch (e) { say(e.message); }
}, async (port) => {
  const req = http.request({ port, method: 'POST' });
  req.on('error', (e) => say('client.error', e.code, e.message));
  req.on('response', (r) => { say('response', r.statusCode); r.resume(); });
  req.write('one'); await wait(20); req.write('two'); await wait(20); req.end('three');
  await wait(50); flush('break between');
});
// C: break on response body
for (const [kind, mode] of [['whole', 0], ['pieces', 1]]) {
  await withServer(async (req, res) => {
    res.on('close', () => say('server res.close', res.writableFinished)); req.on('close', () => say('server req.close')); req.on('aborted', () => say('server aborted'));
    if (mode === 0) return res.end('hello');
    res.write('one'); await wait(20); res.write('two'); await wait(20); res.end('three');
  }, async (port) => {
    const req = http.get({ port });
    watch('creq', req);
    const [r] = await once(req, 'response'); watch('cres', r);
    for await (const c of r) { say('chunk', String(c)); break; }
    say('broke', r.destroyed, r.aborted, r.complete, req.destroyed);
    await wait(80); flush('break response ' + kind);
  });
}
// D: throw in loop
await withServer(async (req, res) => { res.write('one'); await wait(20); res.end('two'); }, async (port) => {
  const req = http.get({ port }); watch('creq', req);
  const [r] = await once(req, 'response'); watch('cres', r);
  try { for await (const c of r) throw new Error('mine'); } catch (e) { say('caught', e.message); }
  say(r.destroyed, r.errored?.message);
  await wait(60); flush('throw');
});
// E: full loop
await withServer(async (req, res) => { res.write('one'); await wait(20); res.end('two'); }, async (port) => {
  const req = http.get({ port }); watch('creq', req);
  const [r] = await once(req, 'response'); watch('cres', r);
  for await (const c of r) say('chunk', String(c));
  say('done', r.destroyed, r.readableEnded, r.complete);
  await wait(60); flush('full');
});
// F: server aborts midway, for await rejects
await withServer(async (req, res) => { res.write('one'); await wait(20); res.destroy(); }, async (port) => {
  const req = http.get({ port }); watch('creq', req);
  const [r] = await once(req, 'response'); watch('cres', r);
  try { for await (const c of r) say('chunk', String(c)); } catch (e) { say('caught', e.code, e.message); }
  await wait(60); flush('cut');
});
// G: client aborts midway, server for await
await withServer(async (req, res) => {
  watch('req', req);
  try { for await (const c of req) say('chunk', String(c)); say('over'); } catch (e) { say('caught', e.code, e.message); }
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('error', () => {});
  req.write('one'); await wait(20); req.destroy();
  await wait(60); flush('client cut');
});
// H: iterator twice, after end
await withServer(async (req, res) => {
  for await (const c of req) say('chunk', String(c));
  try { for await (const c of req) say('again', String(c)); say('again over'); } catch (e) { say('again', e.code, e.message); }
  res.end();
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('one'); await once(req, 'close'); flush('twice');
});
// I: iterator({destroyOnReturn:false})
await withServer(async (req, res) => {
  for await (const c of req.iterator({ destroyOnReturn: false })) { say('chunk', String(c)); break; }
  say(req.destroyed); let t = ''; for await (const c of req) t += c; say('rest', t); res.end();
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.write('one'); await wait(10); req.end('two'); await once(req, 'close'); flush('keep');
});
// J: setEncoding + for await
await withServer(async (req, res) => {
  req.setEncoding('utf8'); for await (const c of req) say('chunk', typeof c, c); res.end();
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('привіт'); await once(req, 'close'); flush('encoding');
});

// order of data, end relative to microtasks, ticks, immediates
await withServer((req, res) => {
  say('handler', req.complete, req.readableLength);
  process.nextTick(() => say('tick', req.complete, req.readableLength)); Promise.resolve().then(() => say('job', req.complete, req.readableLength));
  setImmediate(() => say('immediate', req.complete, req.readableLength));
  req.on('data', (c) => { say('data', c.length, req.complete); process.nextTick(() => say('tick in data')); Promise.resolve().then(() => say('job in data')); setImmediate(() => say('immediate in data')); });
  req.on('end', () => { say('end', req.complete); setImmediate(() => { say('immediate in end'); res.end(); }); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('hello'); await once(req, 'close'); flush('order');
});
await withServer((req, res) => {
  setImmediate(() => { say('late', req.complete, req.readableLength); req.on('data', (c) => say('data', c.length)); req.on('end', () => { say('end'); res.end(); }); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('hello'); await once(req, 'close'); flush('late listener');
});
await withServer((req, res) => {
  req.on('readable', () => { let c; say('readable', req.readableLength); while ((c = req.read()) !== null) say('read', c.length); say('null'); });
  req.on('end', () => { say('end'); res.end(); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('hello'); await once(req, 'close'); flush('readable');
});
await withServer((req, res) => {
  req.once('readable', () => { say('readable', String(req.read(2))); say(String(req.read(2)), String(req.read(10)), String(req.read())); });
  req.on('end', () => { say('end'); res.end(); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('hello'); await wait(50); flush('read n'); req.destroy(); req.on('error', () => {});
});
await withServer((req, res) => {
  req.once('readable', () => { const c = req.read(); req.unshift(c.subarray(2)); say('unshift', req.readableLength); say(String(req.read())); });
  req.on('end', () => { say('end'); res.end(); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end('hello'); await wait(50); flush('unshift'); req.destroy(); req.on('error', () => {});
});
// large body: number of chunks / total, pausing
await withServer((req, res) => {
  let n = 0, total = 0, max = 0; req.on('data', (c) => { n++; total += c.length; max = Math.max(max, c.length); });
  req.on('end', () => { say('total', total, n > 1, max <= 65536); res.end(); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end(Buffer.alloc(1000000)); await once(req, 'close'); flush('large');
});
await withServer((req, res) => {
  let n = 0, total = 0; req.on('data', (c) => { n++; total += c.length; if (n === 1) { req.pause(); say('paused', req.isPaused()); setTimeout(() => { say('total while paused is one chunk', total === c.length, total < 1000000); req.resume(); }, 50); } });
  req.on('end', () => { say('total', total); res.end(); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); req.on('response', (r) => r.resume());
  req.end(Buffer.alloc(1000000)); await once(req, 'close'); flush('paused');
});
await withServer((req, res) => { req.pipe(res); }, async (port) => {
  const req = http.request({ port, method: 'POST' }); let t = 0; req.on('response', (r) => { r.on('data', (c) => t += c.length); });
  req.end(Buffer.alloc(3000000)); await once(req, 'close'); say('echo', t); flush('echo');
});
// several writes in one turn → how many chunks at the receiver
await withServer((req, res) => {
  const got = []; req.on('data', (c) => got.push(String(c))); req.on('end', () => { say('chunks', got.join('|')); res.write('x'); res.write('y'); res.write('z'); res.end('w'); });
}, async (port) => {
  const req = http.request({ port, method: 'POST' }); const got = []; req.on('response', (r) => r.on('data', (c) => got.push(String(c))));
  req.write('a'); req.write('b'); req.write('c'); req.end('d'); await once(req, 'close'); say('back', got.join('|')); flush('writes');
});
await withServer((req, res) => {
  const got = []; req.on('data', (c) => got.push(String(c))); req.on('end', () => { say('chunks', got.join('|')); res.end('w'); });
}, async (port) => {
  const req = http.request({ port, method: 'POST', headers: { 'Content-Length': 4 } }); req.on('response', (r) => r.resume());
  req.write('a'); req.write('b'); req.write('c'); req.end('d'); await once(req, 'close'); flush('writes with length');
});
