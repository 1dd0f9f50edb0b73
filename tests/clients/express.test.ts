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

describe('express, in the words of its packages', () => {
  it('weighs what a caller likes without changing how it is spelled', async () => {
    const setUp = `app.get('/', (req, res) => res.json([
  req.acceptsLanguages(), req.acceptsLanguages('en'), req.acceptsCharsets('utf-8', 'latin1'), req.acceptsEncodings(),
  req.accepts('unheard-of'), req.accepts(null), req.accepts('html', 'json'),
]));`;
    const headers = ['Accept', 'text/*;q=0.5, application/json', 'Accept-Language', 'en-GB, *;q=0.1'];
    headers.push('Accept-Charset', 'ISO-8859-1;q=0.2, *;q=0.1', 'Accept-Encoding', 'br;q=0.5');
    const { answered } = await answers(setUp, [{ headers }]);
    expect(JSON.parse(answered[0]?.body ?? '')).toEqual([
      ['en-GB', '*'],
      'en',
      'utf-8',
      ['br', 'identity'],
      false,
      ['application/json', 'text/*'],
      'json',
    ]);
  });

  it('believes proxies by their networks, and refuses what is no address when it is set', async () => {
    const setUp = `app.set('trust proxy', ['127.0.0.0/8', '10.0.0.0/8', '::1']);
for (const value of ['nonsense', '10.0.0.0/33', '', {}])
  try { express().set('trust proxy', value); } catch (error) { console.log(error.message); }
app.get('/', (req, res) => res.json([req.ip, req.ips, req.hostname, req.host]));`;
    const headers = ['Host', '[::1]:80', 'X-Forwarded-For', '1.1.1.1, 9.9.9.9, 10.0.0.5'];
    const { answered, printed } = await answers(`${setUp}\napp.set('trust proxy', () => true);`, [{ headers }]);
    expect(printed).toEqual([
      'invalid IP address: nonsense',
      'invalid range on address: 10.0.0.0/33',
      'invalid IP address: ',
      'unsupported trust argument',
    ]);
    expect(answered[0]?.body).toBe('["1.1.1.1",["1.1.1.1","9.9.9.9","10.0.0.5"],"[::1]","[::1]:80"]');
  });

  it('writes names of files, places and fields that vary as its packages do', async () => {
    const setUp = `app.get('/', (req, res) => {
  for (const name of ['a.txt', 'it is.txt', 'rate%20s.csv', 'ціна'])
    console.log(res.attachment(name).get('content-disposition'), res.get('content-type'));
  for (const url of ['/a b', 'http://x/%zz', '/back\\\\slash', '/[x]'])
    console.log(res.location(url).get('location'));
  try { res.vary('bad header'); } catch (error) { console.log(error.message); }
  res.set('A-Header').vary(['Accept', 'origin']).vary('Origin').end();
  console.log(res.get('vary'), res.get('a-header'), res.get('0'));
});`;
    const { printed } = await answers(setUp, [{}]);
    expect(printed).toEqual([
      'attachment; filename=a.txt text/plain; charset=utf-8',
      'attachment; filename="it is.txt" text/plain; charset=utf-8',
      "attachment; filename=rate%20s.csv; filename*=UTF-8''rate%2520s.csv text/csv; charset=utf-8",
      `attachment; filename="????"; filename*=UTF-8''%D1%86%D1%96%D0%BD%D0%B0 application/octet-stream`,
      '/a%20b',
      'http://x/%25zz',
      '/back\\slash',
      '/[x]',
      'field argument contains an invalid header name',
      'Accept, origin undefined A',
    ]);
  });

  it('lists the routes and handlers of a router as its fields', async () => {
    const setUp = `app.use(function log(req, res, next) { next(); });
app.route('/x').get((req, res) => res.end()).all((req, res) => res.end());
for (const { name, route } of app.router.stack)
  console.log(name, route?.path, route && Object.keys(route.methods), route?.stack.map(({ method }) => method));
console.log(app.param(['a', 'b'], () => {}) === app);
try { app.param('id'); } catch (error) { console.log(error.message); }`;
    expect((await answers(setUp, [])).printed.map((line) => line.replace(/^\S+ (?=\/x)/, ''))).toEqual([
      'log undefined undefined undefined',
      "/x [ 'get', '_all' ] [ 'get', undefined ]",
      'true',
      'argument fn is required',
    ]);
  });

  it('takes a false rejection for an error, a false exception for none, and a handler of a parameter that rejects', async () => {
    const setUp = `app.param('id', async () => { throw 0; });
app.get('/thrown', () => { throw 0; });
app.get('/rejected', async () => { throw 0; });
app.get('/like', () => ({ then: (_, reject) => reject(new Error('like a promise')) }));
app.get('/param/:id', (req, res) => res.end());
app.use((error, req, res, next) => res.send(error.message));`;
    const paths = ['thrown', 'rejected', 'like', 'param/1'];
    const { answered } = await answers(
      setUp,
      paths.map((path) => ({ url: `http://localhost:3000/${path}` })),
    );
    expect(answered.map(({ status }) => status)).toEqual([404, 200, 200, 200]);
    expect(answered.slice(1).map(({ body }) => body)).toEqual([
      'Rejected promise',
      'like a promise',
      'Rejected promise',
    ]);
  });

  it('tells what it refuses by errors of their own classes, and checks the options of its parsers', async () => {
    const setUp = `for (const options of [{ limit: 'huge' }, { verify: 5 }, { parameterLimit: 0 }, { extended: true, depth: -1 }])
  try { express.urlencoded(options); } catch (error) { console.log(error.message); }
app.use(express.json({ limit: 5, verify() { throw Object.assign(new Error('veto'), { status: 451, type: 'mine' }); } }));
app.use((error, req, res, next) => res.json([error.constructor.name, error.status, error.type, error]));`;
    const json = (body: string) => ({ method: 'POST', headers: ['Content-Type', 'application/json'], body });
    const { answered, printed } = await answers(setUp, [json('{"a":1}'), json('{}')]);
    expect(printed).toEqual([
      'option limit "huge" is invalid',
      'option verify must be function',
      'option parameterLimit must be a positive number',
      'option depth must be a zero or a positive number',
    ]);
    expect(answered.map(({ body }) => body)).toEqual([
      '["PayloadTooLargeError",413,"entity.too.large",{"message":"request entity too large","expected":7,"length":7,"limit":5,"type":"entity.too.large"}]',
      '["Error",451,"mine",{"status":451,"type":"mine","expose":true,"statusCode":451,"body":{"type":"Buffer","data":[123,125]}}]',
    ]);
  });

  it('reads a form in the character set that its field tells, and leaves alone what is written wrongly', async () => {
    const setUp = `app.use(express.urlencoded({ charsetSentinel: true, interpretNumericEntities: true }));
app.post('/', (req, res) => res.json(req.body));`;
    const bodies = ['a=%E4', 'utf8=%26%2310003%3B&a=%E4%26%239786%3B', 'utf8=%E2%9C%93&a=%C3%A4&a[b]=1'];
    const { answered } = await answers(setUp, bodies.map(form));
    expect(answered.map(({ body }) => body)).toEqual(['{"a":"%E4"}', '{"a":"ä☺"}', '{"a":"ä","a[b]":"1"}']);
  });

  it('answers for itself once the request was read, as the setting `env` says', async () => {
    const setUp = `console.error = (error) => console.log('told', error.message);
app.set('env', 'production');
app.use((req, res) => { console.log(req.complete); res.on('finish', () => console.log(req.complete)); throw new Error('secret'); });`;
    const { answered, printed } = await answers(setUp, [form('a=1')]);
    expect(answered[0]?.body).toContain('<pre>Internal Server Error</pre>');
    expect(printed.toSorted()).toEqual(['false', 'told secret', 'true']);
  });
});
