const Redis = require('ioredis');
(async () => {
  const r = new Redis(); await r.flushall();
  for (let i = 0; i < 25; i++) { await r.set('k' + i, i); await r.hset('h', 'f' + i, i); await r.sadd('s', 'm' + i); }
  const run = (name, stream) => new Promise((done) => { let n = 0, keys = 0; const log = [];
    for (const e of ['end', 'close', 'pause', 'resume', 'error']) stream.on(e, (x) => log.push(e + (x ? ' ' + x.message : '')));
    stream.on('data', (a) => { n++; keys += a.length; if (n === 1) log.push('data ' + Array.isArray(a) + ' ' + typeof a[0]); });
    stream.on('close', () => { console.log(name, keys, n > 0, log.join(', ')); done(); }); });
  await run('scanStream', r.scanStream());
  await run('match', r.scanStream({ match: 'k1*' }));
  await run('count', r.scanStream({ match: 'k*', count: 100 }));
  await run('hscan', r.hscanStream('h', { match: 'f2*' }));
  await run('sscan', r.sscanStream('s', { match: 'm2*' }));
  await run('buffer', r.scanBufferStream({ match: 'k*' }));
  await run('empty', r.sscanStream('nothing'));
  await new Promise((f) => { const w = r.sscanStream('h'); w.on('error', (e) => { console.log('wrong', e.message, w.destroyed); f(); }); w.on('close', () => console.log('wrong close')); w.on('data', () => {}); });
  const all = []; for await (const keys of r.scanStream({ match: 'k*' })) all.push(...keys); console.log(all.sort().length, all[0]);
  for await (const keys of r.scanStream({ count: 1 })) break; console.log('broke');
  // pause/resume
  const stream = r.scanStream({ count: 100 }); let got = 0;
  stream.on('data', (keys) => { got += keys.length; stream.pause(); setTimeout(() => stream.resume(), 10); });
  await new Promise((d) => stream.on('end', d)); console.log('paused', got);
  const closing = r.scanStream({ count: 1 }); closing.on('data', () => closing.close()); await new Promise((d) => closing.on('end', d)); console.log('closed early');
  console.log(r.scanStream().constructor.name, r.scanStream().readable, r.scanStream().readableObjectMode);
  const d = r.scanStream(); d.on('error', (e) => console.log('destroyed with', e.message)); d.on('close', () => console.log('close')); d.destroy(new Error('mine')); await new Promise((f) => setTimeout(f, 10));
  // statics
  const c = Redis.createClient(); console.log(c instanceof Redis, await c.ping()); c.set('a', 1, Redis.print); await c.get('a', Redis.print).catch(() => {}); await c.lpush('a', 1, Redis.print).catch(() => {}); Redis.print(null, ['a', 1]); Redis.print(new Error('x'));
  console.log(Redis.createClient.name, Redis.print.name, Redis.print.length);
  process.exit();
})();
