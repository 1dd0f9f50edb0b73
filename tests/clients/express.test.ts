import { describe, expect, it } from 'vitest';
import { runScenario } from '../runtime/run-scenario';

/** What the server prints of the requests, and the answers with their headers. */
async function answers(setUp: string, requests: readonly object[]) {
  const log = await runScenario({
    files: {
      'server.js': `const express = require('express');\nconst app = express();\n${setUp}\napp.listen(3000);`,
    },
    interventions: requests.map((request, at) => ({
      type: 'http.request' as const,
      atMs: 10 + at,
      method: 'GET',
      url: 'http://localhost:3000/',
      headers: [],
      ...request,
    })),
  });
  const answered = log.of('http.answered').map(({ status, headers, body }) => ({
    status,
    body,
    header: (name: string) => headers[headers.findIndex((each, at) => at % 2 === 0 && each.toLowerCase() === name) + 1],
  }));
  return { answered, printed: log.printed() };
}

const form = (body: string) => ({
  method: 'POST',
  headers: ['Content-Type', 'application/x-www-form-urlencoded'],
  body,
});

describe('express', () => {
  it('reads nested fields of a form when it is extended, and leaves their names as they are when not', async () => {
    const setUp = (extended: boolean) =>
      `app.use(express.urlencoded({ extended: ${String(extended)} }));
app.post('/', (req, res) => res.json(req.body));`;
    const bodies = [
      'user[name]=Ann&user[address][city]=Kyiv',
      'ids[]=1&ids[]=2',
      'list[1]=b&list[0]=a',
      'a=1&a=2&b=x+y%21',
      'a[b]=1&a=2',
      'far[101]=x',
    ];
    const nested = await answers(setUp(true), bodies.map(form));
    expect(nested.answered.map(({ body }) => body)).toEqual([
      '{"user":{"name":"Ann","address":{"city":"Kyiv"}}}',
      '{"ids":["1","2"]}',
      '{"list":["a","b"]}',
      '{"a":["1","2"],"b":"x y!"}',
      '{"a":[{"b":"1"},"2"]}',
      '{"far":{"101":"x"}}',
    ]);
    const flat = await answers(setUp(false), bodies.slice(0, 1).map(form));
    expect(flat.answered[0]?.body).toBe('{"user[name]":"Ann","user[address][city]":"Kyiv"}');
  });

  it('refuses forms that are too deep or have too many fields', async () => {
    const setUp = `app.use(express.urlencoded({ extended: true, parameterLimit: 2 }));
app.use((error, req, res, next) => res.status(error.status).json([error.type, error.message]));`;
    const { answered } = await answers(setUp, [form(`a${'[b]'.repeat(33)}=1`), form('a=1&b=2&c=3')]);
    expect(answered.map(({ status, body }) => [status, body])).toEqual([
      [400, '["querystring.parse.rangeError","The input exceeded the depth"]'],
      [413, '["parameters.too.many","too many parameters"]'],
    ]);
  });

  it('answers in the form that the caller likes best', async () => {
    const setUp = `app.get('/', (req, res) => {
  console.log(req.accepts('json', 'html'), req.accepts('png'), req.acceptsLanguages('uk', 'en'));
  res.format({ text: () => res.send('hi'), json: () => res.json({ hi: 1 }) });
});
app.use((error, req, res, next) => res.status(error.status).send(error.message));`;
    const accept = (...headers: string[]) => ({ headers });
    const { answered, printed } = await answers(setUp, [
      accept(),
      accept('Accept', 'text/html;q=0.9, application/json;q=0.8', 'Accept-Language', 'en-GB, uk;q=0.5'),
      accept('Accept', 'text/*;q=0.5, application/json'),
      accept('Accept', 'image/png'),
    ]);
    expect(printed).toEqual(['json png uk', 'html false en', 'json false uk', 'false png uk']);
    expect(answered.map(({ status, body, header }) => [status, body, header('content-type'), header('vary')])).toEqual([
      [200, 'hi', 'text/plain; charset=utf-8', 'Accept'],
      [200, '{"hi":1}', 'application/json; charset=utf-8', 'Accept'],
      [200, '{"hi":1}', 'application/json; charset=utf-8', 'Accept'],
      [406, 'Not Acceptable', 'text/html; charset=utf-8', 'Accept'],
    ]);
  });

  it('writes links, attachments, cookies and JSON with a callback as express does', async () => {
    const setUp = `app.get('/', (req, res) => {
  res.vary('Origin').vary('origin, Accept').links({ next: '/p?2', last: '/p?9' });
  res.attachment('звіт "1".pdf').cookie('id', { a: 1 }, { maxAge: 60000, httpOnly: true, sameSite: 'lax' });
  res.removeHeader('Content-Type');
  res.jsonp({ ok: true });
});`;
    const { answered } = await answers(setUp, [{ url: 'http://localhost:3000/?callback=show' }]);
    const [{ body, header } = { body: '', header: () => '' }] = answered;
    expect(body).toBe(`/**/ typeof show === 'function' && show({"ok":true});`);
    expect(header('vary')).toBe('Origin, Accept');
    expect(header('link')).toBe('</p?2>; rel="next", </p?9>; rel="last"');
    expect(header('content-disposition')).toBe(
      `attachment; filename="???? \\"1\\".pdf"; filename*=UTF-8''%D0%B7%D0%B2%D1%96%D1%82%20%221%22.pdf`,
    );
    expect(header('set-cookie')).toMatch(
      /^id=j%3A%7B%22a%22%3A1%7D; Max-Age=60; Path=\/; Expires=\w{3}, .* GMT; HttpOnly; SameSite=Lax$/,
    );
  });

  it('believes as many proxies as it is told to', async () => {
    const setUp = (setting: string) => `app.set('trust proxy', ${setting});
app.get('/', (req, res) => res.json([req.ip, req.ips, req.protocol, req.hostname]));`;
    const headers = [
      'X-Forwarded-For',
      '9.9.9.9, 10.0.0.2',
      'X-Forwarded-Proto',
      'https',
      'X-Forwarded-Host',
      'shop.ua',
    ];
    const bodies = ['false', '1', 'true'].map(async (setting) => {
      const { answered } = await answers(setUp(setting), [{ headers }]);
      return JSON.parse(answered[0]?.body ?? 'null') as unknown;
    });
    const [none, one, all] = await Promise.all(bodies);
    expect(none).toEqual([expect.stringContaining('127.0.0.1'), [], 'http', 'localhost']);
    expect(one).toEqual(['10.0.0.2', ['10.0.0.2'], 'https', 'shop.ua']);
    expect(all).toEqual(['9.9.9.9', ['9.9.9.9', '10.0.0.2'], 'https', 'shop.ua']);
  });

  it('uses the classes of messages that a server was given', async () => {
    const { printed } = await answers(
      `const http = require('node:http');
class Asked extends http.IncomingMessage { get shout() { return this.url.toUpperCase(); } }
http.createServer({ IncomingMessage: Asked }, (req, res) => { console.log(req.shout); res.end(); }).listen(3001);
const served = express();
served.get('/who', (req, res) => { console.log(req.app === served, req.constructor.name); res.end(); });
http.createServer(served).listen(3002);`,
      [{ url: 'http://localhost:3001/who' }, { url: 'http://localhost:3002/who' }],
    );
    expect(printed).toEqual(['/WHO', 'true IncomingMessage']);
  });

  it('tells an application where it was mounted, which has from the outer one what it was not set to', async () => {
    const setUp = `const admin = express();
admin.on('mount', (parent) => console.log(admin.mountpath, admin.path(), parent === app));
admin.get('/', (req, res) => res.json([req.baseUrl, req.protocol, admin.get('title')]));
app.set('trust proxy', true).set('title', 'shop').use('/admin', admin);`;
    const headers = ['X-Forwarded-Proto', 'https'];
    const { answered, printed } = await answers(setUp, [{ url: 'http://localhost:3000/admin', headers }]);
    expect(printed).toEqual(['/admin /admin true']);
    expect(answered[0]?.body).toBe('["/admin","https","shop"]');
  });

  it('goes on behind a router once the handlers that led out of it are through', async () => {
    const setUp = `const inner = express.Router();
inner.use((req, res, next) => { next(); console.log('inner is through'); });
app.use(inner, (req, res, next) => next(null), (req, res) => { console.log('outer'); res.end(); });`;
    expect((await answers(setUp, [{}])).printed).toEqual(['inner is through', 'outer']);
  });

  it('refuses paths and cookies in the words of their packages', async () => {
    const setUp = `for (const path of ['*', '/x?', '/{a', '/:a:b'])
  try { app.get(path, () => {}); } catch (error) { console.log(error.message.split(';')[0]); }
app.get('/', (req, res) => {
  for (const args of [['a b', 1], ['a', 1, { sameSite: 'odd' }], ['a', 1, { maxAge: 'ten' }], ['a', 'x;y', { encode: String }]])
    try { res.cookie(...args); } catch (error) { console.log(error.message); }
  res.end();
});`;
    expect((await answers(setUp, [{}])).printed).toEqual([
      'Missing parameter name at index 1: *',
      'Unexpected ? at index 2: /x?',
      'Unexpected end at index 3, expected }: /{a',
      'Missing text before "b" param: /:a:b',
      'argument name is invalid',
      'option sameSite is invalid',
      'option maxAge is invalid',
      'argument val is invalid',
    ]);
  });
});
