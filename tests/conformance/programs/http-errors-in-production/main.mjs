import express from 'express';
import { once } from 'node:events';
const app = express(); const log = (...x) => console.log(...x);
app.use((req, res, next) => { const t = req.path; res.on('finish', () => log('finish', t, res.statusCode)); next(); log('after next', t); });
app.get('/ok', (req, res) => { res.send('ok'); log('sent'); });
app.get('/twice', (req, res) => { res.send('1'); try { res.send('2'); } catch (e) { log(e.code, e.message); } });
app.get('/sync', () => { throw new Error('sync secret'); });
app.get('/async', async () => { await new Promise((r) => setTimeout(r, 20)); throw new Error('async secret'); });
app.get('/status', (q, r, n) => n(Object.assign(new Error('visible?'), { status: 404, expose: true })));
app.get('/str', (q, r, n) => n('just text'));
app.get('/falsy', (q, r, n) => n(0), (q, r) => r.send('falsy goes on'));
app.get('/null', (q, r, n) => n(null), (q, r) => r.send('null goes on'));
app.get('/partial', (q, r, n) => { r.write('part'); n(new Error('too late')); });
app.get('/badstatus', (q, r) => { try { r.status('200'); } catch (e) { log(e.name, e.message); } try { r.status(99); } catch (e) { log(e.name, e.message); } try { r.status(undefined); } catch (e) { log(e.name, e.message); } r.sendStatus(299); });
app.get('/badheader', (q, r) => { for (const [k, v] of [['x y', '1'], ['x', 'a\r\nb'], ['x', 'ї'], ['', '1']]) try { r.set(k, v); log('taken', k); } catch (e) { log(e.name, e.code, e.message); } try { r.setHeader('x', undefined); } catch (e) { log(e.code, e.message); } r.end(); });
app.get('/circular', (q, r) => { const o = {}; o.o = o; r.json(o); });
app.get('/bigint', (q, r) => r.json({ n: 1n }));
app.get('/redirect', (q, r) => r.redirect(301, '/ok?x=ї "q"')); app.get('/back', (q, r) => r.redirect('/ok'));
const sub = express.Router(); sub.use((q, r, n) => { log('sub 1'); n(); log('sub 1 after'); }); app.use('/sub', sub); app.use('/sub', (q, r) => { log('main after sub'); r.send('sub'); });
app.use((err, q, r, next) => { log('handler', typeof err, err?.message); next(err); });
const s = app.listen(5832); await once(s, 'listening');
for (const p of ['/ok', '/twice', '/sync', '/async', '/status', '/str', '/falsy', '/null', '/partial', '/badstatus', '/badheader', '/circular', '/bigint', '/redirect', '/back', '/sub', '/none']) {
  try { const r = await fetch('http://localhost:5832' + p, { redirect: 'manual', headers: { accept: p === '/back' ? 'text/html' : '*/*' } }); log(p, r.status, r.headers.get('location'), JSON.stringify(await r.text())); } catch (e) { log(p, e.name, e.message, e.cause?.code); }
}
s.close(); s.closeAllConnections?.();
