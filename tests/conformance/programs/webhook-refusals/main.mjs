import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import express from 'express'; import { once } from 'node:events';
const wh = new Webhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'); const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'; const t = new Date(1614265330 * 1000); const payload = '{"test": 2432232314}';
console.log(wh.sign(id, t, payload));
try { wh.sign(id, 'now', payload); } catch (e) { console.log(e.message); } try { wh.sign(id, t, { a: 1 }); console.log('obj'); } catch (e) { console.log(e.name, e.message); } try { console.log(wh.sign(id, t, Buffer.from(payload))); } catch (e) { console.log(e.message); }
const now = () => Math.floor(Date.now() / 1000); const h = (o = {}) => { const ts = new Date(now() * 1000); return { 'webhook-id': id, 'webhook-timestamp': String(now()), 'webhook-signature': wh.sign(id, ts, payload), ...o }; };
console.log(wh.verify(payload, h()), wh.verify(Buffer.from(payload), h()));
for (const [n, o, p] of [['body', {}, '{"test": 1}'], ['no sig', { 'webhook-signature': undefined }], ['empty sig', { 'webhook-signature': '' }], ['no comma', { 'webhook-signature': 'v1abc' }], ['two', { 'webhook-signature': 'v1,AAAA ' + wh.sign(id, new Date(now() * 1000), payload) }], ['upper', { 'Webhook-Id': id }], ['old', { 'webhook-timestamp': String(now() - 400) }], ['new', { 'webhook-timestamp': String(now() + 400) }], ['float', { 'webhook-timestamp': now() + '.5' }], ['text', { 'webhook-timestamp': 'abc' }], ['other id', { 'webhook-id': 'msg_x' }]]) { try { console.log(n, wh.verify(p ?? payload, h(o))); } catch (e) { console.log(n, e instanceof WebhookVerificationError, e instanceof Error, e.name, e.constructor.name, e.message); } }
try { wh.verify('not json', h({ 'webhook-signature': wh.sign(id, new Date(now() * 1000), 'not json') })); } catch (e) { console.log(e.name, e.message.slice(0, 20)); }
const app = express(); app.post('/w', express.raw({ type: 'application/json' }), (q, r, n) => { try { r.json({ got: wh.verify(q.body, q.headers) }); } catch (e) { n(e); } }); app.post('/j', express.json(), (q, r) => { try { wh.verify(q.body, q.headers); r.send('ok'); } catch (e) { r.status(400).send(`${e.name}: ${e.message}`); } });
app.use((e, q, r, n) => { r.status(e instanceof WebhookVerificationError ? 401 : 500).json({ error: e.message }); });
const s = app.listen(5903); await once(s, 'listening');
for (const [u, b, o] of [['/w', payload], ['/w', payload + ' '], ['/w', payload, { 'webhook-id': 'x' }], ['/j', payload]]) { const r = await fetch('http://localhost:5903' + u, { method: 'POST', body: b, headers: { 'content-type': 'application/json', ...h(o) } }); console.log(u, r.status, await r.text()); }
s.close(); s.closeAllConnections();
