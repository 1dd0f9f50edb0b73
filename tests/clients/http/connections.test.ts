import { describe, expect, it } from 'vitest';
import { runScenario } from '../../runtime/run-scenario';

const process = (name: string, startAtMs = 0) => ({ name, file: `${name}.js`, startAtMs });

/** Answers each request after a second; `limit` is put on the server before it listens. */
const slow = (limit = '') => `const server = require('node:http').createServer((req, res) => {
  setTimeout(() => res.end('ok'), 1000);
});
${limit}
server.on('drop', ({ remoteAddress }) => console.log('dropped', typeof remoteAddress));
server.listen(3000);`;

const ask = (paths: readonly string[], agent = '') => `const http = require('node:http');
const agent = ${agent === '' ? 'undefined' : agent};
for (const path of ${JSON.stringify(paths)}) {
  const started = Date.now();
  http.get({ host: 'orders', port: 3000, path, agent }, (res) => {
    res.resume().on('end', () => console.log(path, Date.now() - started));
  }).on('error', (error) => console.log(path, error.code));
}`;

describe('maxSockets of an agent', () => {
  const paths = ['/1', '/2', '/3', '/4', '/5'];
  const processes = [process('orders'), process('shop', 100)];

  it('lets that many requests to one place go at once, the others in their order as places become free', async () => {
    const files = { 'orders.js': slow(), 'shop.js': ask(paths, 'new http.Agent({ maxSockets: 2 })') };
    const log = await runScenario({ files, processes });
    expect(log.printed('shop')).toEqual(['/1 1000', '/2 1000', '/3 2000', '/4 2000', '/5 3000']);
    expect(log.of('http.requested').map(({ atMs }) => atMs)).toEqual([100, 100, 1_100, 1_100, 2_100]);
  });

  it('is without limit where nobody sets it', async () => {
    const log = await runScenario({ files: { 'orders.js': slow(), 'shop.js': ask(paths) }, processes });
    expect(log.printed('shop')).toEqual(paths.map((path) => `${path} 1000`));
  });

  it('is counted for each place by itself', async () => {
    const log = await runScenario({
      files: {
        'orders.js': slow(),
        'stock.js': slow().replace('3000', '4000'),
        'shop.js': `const http = require('node:http');
const agent = new http.Agent({ maxSockets: 1 });
for (const [host, port] of [['orders', 3000], ['orders', 3000], ['stock', 4000]])
  http.get({ host, port, agent }, (res) => res.resume().on('end', () => console.log(host, Date.now() % 60000)));`,
      },
      processes: [process('orders'), process('stock'), process('shop', 100)],
    });
    expect(log.printed('shop')).toEqual(['orders 1100', 'stock 1100', 'orders 2100']);
  });

  it('gives the place of a request that failed to the next', async () => {
    const files = { 'orders.js': slow(), 'shop.js': ask(['/1', '/2'], 'new http.Agent({ maxSockets: 1 })') };
    const crash = { type: 'process.crash' as const, atMs: 500, process: 'orders' };
    const log = await runScenario({ files, processes, interventions: [crash] });
    expect(log.printed('shop')).toEqual(['/1 ECONNRESET', '/2 ECONNREFUSED']);
  });
});

describe('maxConnections of a server', () => {
  const limited = { 'orders.js': slow('server.maxConnections = 2;'), 'shop.js': ask(['/1', '/2', '/3']) };

  it('drops what comes beyond it, which the caller sees as a reset', async () => {
    const log = await runScenario({ files: limited, processes: [process('orders'), process('shop', 100)] });
    expect(log.printed('orders')).toEqual(['dropped string']);
    expect(log.printed('shop')).toEqual(['/3 ECONNRESET', '/1 1000', '/2 1000']);
  });

  it('takes calls again once others are over', async () => {
    const processes = [process('orders'), process('shop', 100), { ...process('later', 1_200), file: 'shop.js' }];
    const log = await runScenario({ files: limited, processes });
    expect(log.printed('later')).toEqual(['/3 ECONNRESET', '/1 1000', '/2 1000']);
  });
});

describe('an idle connection', () => {
  const processes = [process('orders'), process('shop', 100)];

  it('is told to whoever set a time for it, and ends when nobody listens', async () => {
    const server = `const server = require('node:http').createServer((req, res) => {
  if (req.url === '/late') res.setTimeout(200, () => res.writeHead(503).end('late'));
  else req.setTimeout(200);
}).listen(3000);`;
    const shop = `(async () => {
  for (const path of ['/late', '/never'])
    await fetch('http://orders:3000' + path).then((res) => console.log(path, res.status), (e) => console.log(path, e.cause.code));
})();`;
    const log = await runScenario({ files: { 'orders.js': server, 'shop.js': shop }, processes });
    expect(log.printed('shop')).toEqual(['/late 503', '/never UND_ERR_SOCKET']);
  });

  it('is none for a request that was refused: it does not finish', async () => {
    const shop = `const http = require('node:http');
for (const port of [3000, 3999]) {
  const request = http.request({ host: 'orders', port, method: 'POST' }, (res) => res.resume());
  for (const name of ['finish', 'error', 'close']) request.on(name, () => console.log(port, name, request.writableFinished));
  request.end('x');
}`;
    const log = await runScenario({ files: { 'orders.js': slow(), 'shop.js': shop }, processes });
    expect(log.printed('shop').toSorted()).toEqual([
      '3000 close true',
      '3000 finish true',
      '3999 close false',
      '3999 error false',
    ]);
  });

  it('of a fetch that asks by conditions passes caches by', async () => {
    const server = `require('node:http').createServer((req, res) => res.end(req.headers['cache-control'])).listen(3000);`;
    const shop = `(async () => {
  for (const headers of [{}, { 'If-None-Match': '"1"' }]) console.log(await (await fetch('http://orders:3000/', { headers })).text());
})();`;
    const log = await runScenario({ files: { 'orders.js': server, 'shop.js': shop }, processes });
    expect(log.printed('shop')).toEqual(['', 'no-cache']);
  });
});

it('says for how long a server keeps connections', async () => {
  const app = `const http = require('node:http');
for (const [port, keepAliveTimeout] of [[1, 100], [2, 5_000], [3, 62_000], [4, 0]]) {
  const server = http.createServer({ keepAliveTimeout }, (req, res) => res.end()).listen(3000 + port);
  const agent = new http.Agent({ keepAlive: true });
  http.get({ port: 3000 + port, agent }, (res) => console.log(keepAliveTimeout, res.headers['keep-alive']));
}`;
  const log = await runScenario({
    files: { 'app.js': app },
    processes: [{ name: 'app', file: 'app.js' }],
    durationMs: 1_000,
  });
  expect(log.printed('app')).toEqual(['100 timeout=0', '5000 timeout=5', '62000 timeout=62', '0 undefined']);
});

/** As Node 20 has been recorded to do, each of these. */
describe('a server that is closed', () => {
  const orders = (answeredAfterMs: number): string => `const server = require('node:http').createServer((req, res) => {
  console.log('request', req.url);
  setTimeout(() => res.end('ok'), ${String(answeredAfterMs)});
});
server.listen(3000);
setTimeout(() => server.close(() => console.log('closed', Date.now() % 60_000)), 300);
setInterval(() => server.getConnections((error, count) => console.log('connections', count)), 1_500).unref();`;
  const shop = (asks: string): string => `const http = require('node:http');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const get = (path, agent) => new Promise((resolve) => {
  http.get({ host: 'orders', port: 3000, path, agent }, (res) => res.resume().on('end', resolve))
    .on('error', ({ code }) => resolve(console.log(path, code)));
});
(async () => { ${asks} })();`;
  const processes = [process('orders'), process('shop', 100)];

  it('goes on with a connection that was in use, until that has been idle for too long', async () => {
    const asks = `const agent = new http.Agent({ keepAlive: true }); await get('/1', agent); await wait(800); await get('/2', agent); await get('/new', false); await wait(20_000);`;
    const log = await runScenario({ files: { 'orders.js': orders(500), 'shop.js': shop(asks) }, processes });
    expect(log.printed('orders')).toEqual([
      'request /1',
      'request /2',
      ...Array<string>(5).fill('connections 1'),
      'closed 7900',
    ]);
    expect(log.printed('shop')).toEqual(['/new ECONNREFUSED']);
  });

  it('ends a connection that is idle at once', async () => {
    const asks = `const agent = new http.Agent({ keepAlive: true }); await get('/1', agent); await wait(800); await get('/2', agent);`;
    const log = await runScenario({ files: { 'orders.js': orders(50), 'shop.js': shop(asks) }, processes });
    expect(log.printed('orders')).toEqual(['request /1', 'closed 300']);
    expect(log.printed('shop')).toEqual(['/2 ECONNREFUSED']);
  });

  it('waits no longer than the client keeps the connection, or lives', async () => {
    const asks = {
      fetch: `await (await fetch('http://orders:3000/1')).text(); await wait(9_000);`,
      agent: `await get('/1', new http.Agent({ keepAlive: true }));`,
    };
    const closedAt = async (ask: string): Promise<string | undefined> => {
      const log = await runScenario({ files: { 'orders.js': orders(500), 'shop.js': shop(ask) }, processes });
      return log.printed('orders').at(-1);
    };
    expect(await closedAt(asks.fetch)).toBe('closed 3600');
    expect(await closedAt(asks.agent)).toBe('closed 600');
  });
});

describe('what goes over a connection', () => {
  it('is lost with it when it ended in the turn in which it was written', async () => {
    const server = `require('node:http').createServer((req, res) => {
  res.write('part');
  if (req.url === '/flushed') process.nextTick(() => setImmediate(() => res.destroy()));
  else res.destroy();
}).listen(3000);`;
    const client = `const http = require('node:http');
for (const path of ['/at-once', '/flushed'])
  http.get({ port: 3000, path, agent: false }, (res) => {
    res.on('data', (part) => console.log(path, String(part))).on('error', ({ code }) => console.log(path, code));
  }).on('error', ({ code }) => console.log(path, 'no answer', code));`;
    const log = await runScenario({ files: { 'server.js': server, 'client.js': client } });
    expect(log.printed('client')).toEqual(['/at-once no answer ECONNRESET', '/flushed part', '/flushed ECONNRESET']);
  });

  it('has no spaces around the values of headers, and a host though an empty one was given', async () => {
    const server = `require('node:http').createServer((req, res) => {
  console.log(JSON.stringify([req.headers['x-padded'], req.headers.host]));
  res.setHeader('X-Padded', ['  a', 'b\\t ']).end();
}).listen(3000);`;
    const client = `require('node:http').get({ port: 3000, headers: { 'X-Padded': ' a b ', host: '' } }, ({ headers }) => {
  console.log(JSON.stringify(headers['x-padded']));
});`;
    const log = await runScenario({ files: { 'server.js': server, 'client.js': client } });
    expect(log.printed()).toEqual(['["a b","localhost:3000"]', '"a, b"']);
  });
});

describe('a message of node:http', () => {
  it('brings the headers that follow its body, of which the head has told', async () => {
    const server = `require('node:http').createServer((req, res) => {
  res.writeHead(200, { Trailer: 'X-Sum' });
  try { res.addTrailers({ 'a b': '1' }); } catch (error) { console.log(error.message); }
  res.write('part');
  res.addTrailers({ 'X-Sum': ['7', '8'] });
  res.on('prefinish', () => console.log('prefinish', res.chunkedEncoding));
  res.end();
}).listen(3000);`;
    const client = `require('node:http').get({ port: 3000 }, (res) => {
  res.on('resume', () => console.log('resume', res.trailers)).resume();
  res.on('end', () => console.log(res.trailers, res.rawTrailers, res.trailersDistinct['x-sum'], res.readableHighWaterMark));
});`;
    const log = await runScenario({ files: { 'server.js': server, 'client.js': client } });
    expect(log.printed('server')).toEqual(['Trailer name must be a valid HTTP token ["a b"]', 'prefinish true']);
    expect(log.printed('client').join(' ').replace(/\s+/g, ' ')).toBe(
      "resume {} { 'x-sum': '7, 8' } [ 'X-Sum', '7', 'X-Sum', '8' ] [ '7', '8' ] 16384",
    );
  });

  it('has promise jobs run between its error and its end, when it was destroyed for a reason', async () => {
    const client = `const http = require('node:http');
const { once } = require('node:events');
const ask = async (reason) => {
  const req = http.get({ port: 3000 }).on('error', () => console.log('error')).on('close', () => console.log('close'));
  setTimeout(() => req.destroy(reason), 10);
  await once(req, 'response').catch(() => console.log('caught'));
};
ask(new Error('mine'));
setTimeout(ask, 100);`;
    const files = { 'server.js': `require('node:http').createServer(() => {}).listen(3000);`, 'client.js': client };
    expect((await runScenario({ files })).printed('client')).toEqual([
      'error',
      'caught',
      'close',
      'error',
      'close',
      'caught',
    ]);
  });

  it('is followed by a bad request when it has a body that no length announces', async () => {
    const server = `require('node:http').createServer((req, res) => {
  res.on('close', () => console.log(req.url, 'closed', res.writableFinished));
  if (req.url === '/sync') res.end('at once');
  else setTimeout(() => res.end('too late'), 10);
}).listen(3000);`;
    const client = `const http = require('node:http');
for (const [path, headers] of [['/sync'], ['/async'], ['/told', { 'Content-Length': 2 }]])
  http.request({ port: 3000, method: 'DELETE', path, headers, agent: false }, (res) => {
    let body = '';
    res.on('data', (piece) => (body += piece)).on('end', () => console.log(path, res.statusCode, body));
  }).end('{}');`;
    const log = await runScenario({ files: { 'server.js': server, 'client.js': client } });
    expect(log.printed('client')).toEqual(['/sync 200 at once', '/async 400 ', '/told 200 too late']);
    expect(log.printed('server').toSorted()).toEqual(['/async closed false', '/sync closed true', '/told closed true']);
  });

  it('refuses options of other types', async () => {
    const client = `const http = require('node:http');
for (const options of [{ agent: {} }, { signal: 5 }, { joinDuplicateHeaders: 5 }, { maxHeaderSize: 'x' }])
  try { http.request({ port: 1, ...options }); } catch (error) { console.log(error.message); }
const req = http.request({ port: 1, method: '' }).on('error', () => console.log(req.method));`;
    expect((await runScenario({ files: { 'client.js': client } })).printed()).toEqual([
      'The "options.agent" property must be one of Agent-like Object, undefined, or false. Received an instance of Object',
      'The "signal" argument must be an instance of AbortSignal. Received type number (5)',
      'The "options.joinDuplicateHeaders" property must be of type boolean. Received type number (5)',
      `The "maxHeaderSize" argument must be of type number. Received type string ('x')`,
      'GET',
    ]);
  });
});

describe('an agent', () => {
  it('lists its connections and what waits for one by place', async () => {
    const client = `const http = require('node:http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const show = () => console.log(JSON.stringify([agent.sockets, agent.requests, agent.freeSockets].map((lists) =>
  Object.entries(lists).map(([name, list]) => name + list.length))), agent.totalSocketCount);
for (const path of ['/1', '/2'])
  http.get({ port: 3000, path, agent }, (res) => res.resume().on('close', () => setTimeout(show, 10)));
show();
console.log(agent.getName(), agent.getName({ host: 'h', port: 1, localAddress: 'l', family: 6 }));`;
    const log = await runScenario({ files: { 'server.js': slow(), 'client.js': client } });
    expect(log.printed('client')).toEqual([
      '[["localhost:3000:1"],["localhost:3000:1"],[]] 1',
      'localhost:: h:1:l:6',
      '[["localhost:3000:1"],[],[]] 1',
      '[[],[],["localhost:3000:1"]] 1',
    ]);
  });
});

describe('a socket of a server', () => {
  it('tells that the other side has ended it before it closes', async () => {
    const server = `const server = require('node:http').createServer((req, res) => res.end());
server.on('connection', (socket) => {
  console.log(socket.readyState);
  socket.on('end', () => console.log('end')).on('close', () => console.log('close', socket.readyState));
});
server.listen(3000);`;
    const client = `const http = require('node:http');
const agent = new http.Agent({ keepAlive: true });
http.get({ port: 3000, agent }, (res) => res.resume().on('close', () => setTimeout(() => agent.destroy(), 10)));`;
    const log = await runScenario({ files: { 'server.js': server, 'client.js': client } });
    expect(log.printed('server')).toEqual(['open', 'end', 'close closed']);
  });
});
