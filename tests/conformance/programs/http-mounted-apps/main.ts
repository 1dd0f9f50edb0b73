import express from 'express';
import type { Request, Response, NextFunction } from 'express';
const admin = express();
admin.on('mount', (parent) => console.log('mounted', admin.mountpath, parent === app));
admin.locals.title = 'Admin';
admin.get('/', (req: Request, res: Response) => { res.json({ base: req.baseUrl, url: req.url, orig: req.originalUrl, title: req.app.locals.title, path: admin.path() }); });
admin.use((err: Error, _q: Request, res: Response, next: NextFunction) => { console.log('admin handler', err.message); next(err); });
admin.get('/boom', () => { throw new Error('boom'); });
const app = express();
app.set('title', 'Main'); app.enable('strict routing'); app.disable('x-powered-by');
app.use(['/admin', '/manage'], admin);
app.get('/a', (_q: Request, res: Response) => { res.send('no slash'); });
app.all('/all', (req: Request, res: Response) => { res.send(req.method); });
app.route('/r').all((req: Request, _r: Response, next: NextFunction) => { console.log('all', req.method); next(); }).get((_q, res) => { res.send('g'); }).put((_q, res) => { res.send('p'); });
app.get('/async', async () => { await null; throw Object.assign(new Error('teapot'), { statusCode: 418, headers: { 'X-Tea': 'green' } }); });
app.get('/rejectnull', () => Promise.reject());
app.use((err: any, _q: Request, res: Response, next: NextFunction) => { console.log('app handler', err.message, err.statusCode); if (err.statusCode) return next(err); res.status(500).json({ e: err.message }); });
console.log(app.get('title'), app.enabled('strict routing'), app.disabled('x-powered-by'), app.get('etag'), app.get('subdomain offset'), app.get('query parser'), app.settings.env, app.get('nothing'), typeof app.router);
const s = app.listen(5817, async () => {
  for (const [m, p] of [['GET', '/admin'], ['GET', '/manage/'], ['GET', '/admin/boom'], ['GET', '/a'], ['GET', '/a/'], ['PATCH', '/all'], ['GET', '/r'], ['PUT', '/r'], ['DELETE', '/r'], ['OPTIONS', '/r'], ['GET', '/async'], ['GET', '/rejectnull']]) {
    const a = await fetch('http://localhost:5817' + p, { method: m }); const t = await a.text(); console.log(m, p, a.status, a.headers.get('allow'), a.headers.get('x-powered-by'), a.headers.get('x-tea'), a.headers.get('content-security-policy'), /<pre>/.test(t) ? t.match(/<pre>([^<]*)/)[1] : t);
  }
  s.close();
});
