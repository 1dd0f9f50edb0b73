import { describe, expect, it } from 'vitest';
import { runScenario } from '../runtime/run-scenario';

const server = `require('node:http').createServer(async (req, res) => {
  if (req.url === '/moved') return res.writeHead(307, { location: '/' }).end();
  if (req.url === '/bad') return res.writeHead(302, { location: 'ftp://x/' }).end();
  const pieces = [];
  for await (const piece of req) pieces.push(String(piece));
  res.end(JSON.stringify([req.headers.connection, req.headers['transfer-encoding'], pieces]));
}).listen(3000);`;

async function printed(client: string): Promise<readonly string[]> {
  const files = { 'server.js': server, 'client.mjs': client };
  const processes = [
    { name: 'server', file: 'server.js' },
    { name: 'client', file: 'client.mjs', startAtMs: 10 },
  ];
  return (await runScenario({ files, processes })).printed('client');
}

const tell = `const tell = async (promise) => {
  try { console.log(await (await promise).text()); }
  catch (error) { console.log(error.message, '|', error.cause?.message); }
};
const send = (path, body, more) => tell(fetch('http://server:3000' + path, { method: 'POST', duplex: 'half', body, ...more }));`;

describe('fetch', () => {
  it('sends a body that is a stream, or iterated, piece by piece as it comes', async () => {
    const client = `${tell}
const wait = () => new Promise((resolve) => setTimeout(resolve, 50));
async function* pieces() { yield Buffer.from('a'); await wait(); yield Buffer.from('b'); }
await send('/', pieces());
await send('/', new ReadableStream({ start(controller) { controller.enqueue('text'); controller.close(); } }));
await send('/', new ReadableStream({ start(controller) { controller.close(); } }));`;
    expect(await printed(client)).toEqual([
      '["keep-alive","chunked",["a","b"]]',
      '["keep-alive","chunked",["text"]]',
      '["keep-alive",null,[]]',
    ]);
  });

  it('fails when such a body breaks, or would have to be sent once more', async () => {
    const client = `${tell}
await send('/', new ReadableStream({ pull(controller) { controller.error(new Error('broke')); } }));
await send('/moved', (async function* () { yield Buffer.from('a'); })());
await send('/moved', 'a text');
await tell(new Response(new ReadableStream({ pull(controller) { controller.enqueue('no bytes'); } })));`;
    expect(await printed(client)).toEqual([
      'fetch failed | broke',
      'fetch failed | ',
      '["keep-alive",null,["a text"]]',
      'Received non-Uint8Array chunk | undefined',
    ]);
  });

  it('hands on what is said of the connection, and refuses what undici refuses', async () => {
    const client = `${tell}
await send('/', '', { headers: { connection: 'close' } });
await tell(fetch('http://server:3000/bad'));
for (const init of [{ duplex: 'full' }, { credentials: 'x' }, { cache: 'only-if-cached' }])
  try { new Request('http://x', init); } catch (error) { console.log(error.message); }
try { new FormData().append('a', 'b', 'c'); } catch (error) { console.log(error.message); }`;
    expect(await printed(client)).toEqual([
      '["close",null,[]]',
      'fetch failed | URL scheme must be a HTTP(S) scheme',
      'Request constructor: full is not an accepted type. Expected one of half.',
      'Request constructor: x is not an accepted type. Expected one of omit, same-origin, include.',
      "'only-if-cached' can be set only with 'same-origin' mode",
      "Failed to execute 'append' on 'FormData': parameter 2 is not of type 'Blob'",
    ]);
  });
});
