const http = require('node:http'); const { once } = require('node:events');
const s = http.createServer(async (q, r) => {
  if (q.url === '/len') r.setHeader('Content-Length', 60000);
  let no = 0; let drains = 0;
  for (let i = 0; i < 60; i++) if (!r.write('x'.repeat(1000))) { no++; console.log('full at', i, r.writableLength > 0, r.writableNeedDrain); await once(r, 'drain'); drains++; }
  r.end(); console.log(q.url, no, drains);
});
const s2 = http.createServer(async (q, r) => { r.writeHead(200, { 'Content-Length': 40000 }); console.log(r.write('x'.repeat(20000)), r.writableLength); r.once('drain', () => { console.log('drain'); console.log(r.write('y'.repeat(100))); r.end('z'.repeat(19900)); }); });
s.listen(6400, () => s2.listen(6401, async () => {
  for (const u of ['http://localhost:6400/chunks', 'http://localhost:6400/len', 'http://localhost:6401/']) console.log((await (await fetch(u)).text()).length);
  const c = http.request({ port: 6400, method: 'POST', headers: { 'content-length': 50000 } }); console.log(c.write('x'.repeat(10000)), c.write('x'.repeat(10000)), c.write('x'.repeat(10000)));
  c.on('drain', () => { console.log('drain', c.writableNeedDrain); c.end('x'.repeat(20000)); }); const [m] = await once(c, 'response'); m.resume(); await once(m, 'end'); console.log('done'); process.exit();
}));
