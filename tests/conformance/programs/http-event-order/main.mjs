// In which order both sides of a call hear of it: each side keeps its own list, and the lists are printed after the call.
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

let heard;
const note = (side, what) => heard[side].push(what);
function watch(side, name, emitter, events) {
  for (const event of events) {
    emitter.on(event, (x) => note(side, `${name}.${event}${x instanceof Error ? ` ${x.code ?? x.message}` : ''}`));
  }
}

const handlers = {
  early: (req, res) => res.end('early'),
  late: (req, res) => req.resume().on('end', () => res.end('late')),
  timer: (req, res) => setTimeout(() => res.end('timer'), 30),
  stream: async (req, res) => {
    res.write('a');
    await wait(20);
    res.end('b');
  },
  never: () => {},
  'destroy-req': (req) => req.destroy(),
  'destroy-req-error': (req) => req.destroy(new Error('why')),
  'destroy-res': (req, res) => {
    res.destroy();
    note('server', `destroyed ${res.destroyed} ${res.write('x')}`);
  },
  'destroy-res-error': (req, res) => res.destroy(new Error('why')),
  'destroy-socket': (req) => req.socket.destroy(),
  'destroy-midway': async (req, res) => {
    res.write('part');
    await wait(20);
    res.destroy();
  },
  'last-one': (req, res) => res.setHeader('Connection', 'close').end('bye'),
  state: (req, res) => {
    const state = () => `${res.writableEnded} ${res.writableFinished} ${req.complete} ${req.destroyed} ${res.destroyed}`;
    res.on('finish', () => note('server', state())).on('close', () => note('server', state()));
    res.end('state');
    note('server', state());
  },
};

const server = http.createServer((req, res) => {
  note('server', `request ${req.method} ${req.headers.connection}`);
  watch('server', 'req', req, ['end', 'close', 'aborted', 'error']);
  watch('server', 'res', res, ['finish', 'close', 'error']);
  handlers[req.url.slice(1)](req, res);
});
const sockets = new Set();
server.on('connection', (socket) => {
  note('server', `connection`);
  sockets.add(socket.on('close', () => sockets.delete(socket)));
});
server.on('clientError', (error) => note('server', `clientError ${error.message}`));

function call(name, { body, doing = () => {}, ...options } = {}) {
  heard = { server: [], client: [] };
  return new Promise((over) => {
    const req = http.request({ port: 5911, path: `/${name}`, ...options });
    watch('client', 'req', req, ['socket', 'finish', 'response', 'close', 'error', 'abort']);
    req.on('response', (res) => {
      watch('client', 'res', res, ['end', 'close', 'aborted', 'error']);
      res.resume();
    });
    req.on('close', () => setTimeout(over, 60));
    if (body !== undefined) req.write(body);
    req.end();
    doing(req);
    note('client', `made ${req.reusedSocket}`);
  }).then(() => {
    console.log(name, options.method ?? 'GET');
    for (const [side, list] of Object.entries(heard)) console.log(` ${side}: ${list.join(', ')}`);
  });
}

await new Promise((listening) => server.listen(5911, listening));
for (const name of ['early', 'late', 'timer', 'stream', 'state']) await call(name);
for (const name of ['late', 'timer']) await call(name, { method: 'POST', body: 'hello' });
console.log('sockets', sockets.size);
await call('last-one');
console.log('sockets', sockets.size);
await call('early', { agent: false });
await call('early', { agent: new http.Agent() });
const agent = new http.Agent({ keepAlive: true });
await call('early', { agent });
await call('early', { agent });
agent.destroy();
for (const name of Object.keys(handlers).filter((each) => each.startsWith('destroy'))) await call(name);
await call('never', { doing: (req) => setTimeout(() => req.destroy(), 200) });
await call('never', { doing: (req) => setTimeout(() => req.destroy(new Error('enough')), 200) });
await call('never', { doing: (req) => setTimeout(() => req.abort(), 200) });
await call('stream', { doing: (req) => req.on('response', (res) => res.destroy()) });
await call('stream', { doing: (req) => req.on('response', () => req.destroy()) });
heard = { server: [], client: [] };
server.close(() => console.log('closed', sockets.size));
