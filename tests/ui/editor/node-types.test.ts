import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** A compiler starts slowly on a busy machine. */
const slowMs = 60_000;

const read = (path: string): string => readFileSync(new URL(`../../../src/${path}`, import.meta.url), 'utf8');

/** Parsed once: the language's own library is most of the work. */
const parsed = new Map<string, ts.SourceFile>();

/** The learner's file as the editor's TypeScript sees it: our declarations and the language, nothing of the browser. */
function errorsIn(source: string): string[] {
  const files: Record<string, string> = {
    '/node.d.ts': read('ui/editor/types/node.d.ts.txt'),
    '/eventarium.d.ts': read('clients/eventarium/eventarium.d.ts'),
    '/experiment.d.ts': read('clients/eventarium/experiment.d.ts'),
    '/express.d.ts': read('clients/express/express.d.ts'),
    '/a.ts': source,
  };
  const options: ts.CompilerOptions = {
    strict: true,
    noImplicitAny: false,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: [],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const original = { fileExists: host.fileExists, readFile: host.readFile };
  host.fileExists = (name) => name in files || original.fileExists(name);
  host.readFile = (name) => files[name] ?? original.readFile(name);
  host.getSourceFile = (name, target) => {
    const known = parsed.get(name);
    if (known) return known;
    const text = host.readFile(name);
    if (text === undefined) return undefined;
    const file = ts.createSourceFile(name, text, target);
    if (!(name in files)) parsed.set(name, file);
    return file;
  };
  const program = ts.createProgram(Object.keys(files), options, host);
  return ts.getPreEmitDiagnostics(program).map((one) => ts.flattenDiagnosticMessageText(one.messageText, '\n'));
}

it('knows what of Node is simulated', { timeout: slowMs }, () => {
  const source = `
    import { EventEmitter, once } from 'node:events';
    import Emitter from 'events';
    import { inspect, promisify } from 'node:util';
    import { setTimeout as wait } from 'node:timers/promises';
    import { createHmac, randomUUID } from 'crypto';
    const { format } = require('node:util');
    const Required = require('events');
    class Shop extends Required {}
    new Shop().emit('x');
    const emitter = new EventEmitter();
    emitter.on('x', (value) => console.log(inspect(value), Buffer.from('a').toString('hex')));
    await once(new Emitter(), 'x');
    await wait(5);
    createHmac('sha256', 'k').update(randomUUID()).digest('hex').length;
    const timer = setTimeout((n: number) => process.exit(n), 3, 4);
    clearTimeout(timer);
    process.on('SIGTERM', () => process.exit(0));
    const size: number = await promisify((a: number, done: (e: any, r: number) => void) => done(null, a))(1);
    format('%s', size);
  `;
  expect(errorsIn(source)).toEqual([]);
});

it('knows its HTTP, and the web’s', { timeout: slowMs }, () => {
  const source = `
    import http, { createServer, type IncomingMessage } from 'node:http';
    const read = async (message: IncomingMessage) => {
      let text = '';
      for await (const chunk of message) text += chunk.toString('utf8');
      return text;
    };
    const server = createServer(async (req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/plain', 'X-Count': 1 }).end(req.method + (await read(req)));
    });
    server.listen(3000, () => console.log(server.address()?.port));
    const call = http.request({ port: 3000, method: 'POST', timeout: 50 }, (res) => {
      res.setEncoding('utf8').on('data', (text) => console.log(res.statusCode, text));
    });
    call.on('timeout', () => call.destroy(new Error('too slow'))).on('error', console.error);
    call.end('body');
    require('http').get('http://localhost:3000/').on('response', (res) => res.resume());
    const answer = await fetch(new Request('http://localhost:3000', { method: 'PUT', body: 'x' }));
    const key = await crypto.subtle.importKey('raw', Buffer.from('k'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const bytes: ArrayBuffer = await crypto.subtle.sign('HMAC', key, await answer.arrayBuffer());
    new EventTarget().dispatchEvent(new CustomEvent('signed', { detail: bytes.byteLength }));
    server.close();
  `;
  expect(errorsIn(source)).toEqual([]);
});

it('knows the playground own module', { timeout: slowMs }, () => {
  const source = `
    import { eventBus, every, sleep } from 'eventarium';
    const bus = eventBus('shop');
    bus.subscribe('order.*', async function sendEmail(event) {
      await sleep(500);
      console.log(event.data.email);
    }, { retry: { attempts: 3, backoff: 'exponential', initialMs: 100 } });
    every(200, (n) => bus.emit('order.created', { id: n }), { times: 50 });
  `;
  expect(errorsIn(source)).toEqual([]);
});

it('knows what a handler is given, within an experiment too', { timeout: slowMs }, () => {
  const source = `
    import express from 'express';
    import { eventBus, experiment } from 'eventarium';
    const app = express();
    const split = 'shadow';
    app.use(experiment('first', { versions: { one: (req, res, next) => next(), two: (req) => req.app }, split }));
    app.post('/a', experiment('second', { versions: { one: (req, res) => res.json(req.body), two: (req) => req.body }, split }));
    const charge = experiment('third', { versions: { one: (req, res) => res.json(req.body), two: (req) => req.body }, split });
    app.post('/b', charge);
    const mail = experiment('fourth', { versions: { one: (event) => event.data, two: () => 1 }, split });
    eventBus('shop').subscribe('order.*', mail);
    app.use((error, req, res, next) => res.status(500).end());
    app.use((req) => { const wrong: number = req; });
    app.get('/c', experiment('fifth', { versions: { one: (req) => { const wrong: string = req; }, two: (req) => req.body }, split }));
    eventBus('shop').subscribe('x', experiment('sixth', { versions: { one: (event) => event.wrong, two: (event) => 1 }, split }));
  `;
  expect(errorsIn(source)).toEqual([
    "Type 'Request' is not assignable to type 'number'.",
    "Type 'Request' is not assignable to type 'string'.",
    "Property 'wrong' does not exist on type 'BusEvent<any>'.",
  ]);
});

it('knows nothing of the browser', { timeout: slowMs }, () => {
  expect(errorsIn('document.title; localStorage.clear();')).toHaveLength(2);
});
