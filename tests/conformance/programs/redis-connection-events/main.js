const Redis = require('ioredis');
const tick = (ms = 50) => new Promise((r) => setTimeout(r, ms));
const ev = (r, name) => { for (const e of ['connect', 'ready', 'error', 'close', 'reconnecting', 'end', 'wait']) r.on(e, (x) => console.log(name, e, x instanceof Error ? x.message : x)); };
(async () => {
  const r = new Redis(); ev(r, 'r'); console.log(r.status); await r.set('a', 1); console.log(r.status);
  const lazy = new Redis({ lazyConnect: true }); console.log(lazy.status); await lazy.connect(); console.log(lazy.status); try { await lazy.connect(); } catch (e) { console.log(e.message); } console.log(await lazy.quit(), lazy.status); await tick(); console.log(lazy.status); try { await lazy.get('a'); } catch (e) { console.log(e.message); }
  const sub = new Redis(); sub.on('message', (c, m) => console.log('message', c, m)); sub.on('pmessage', (p, c, m) => console.log('pmessage', p, c, m)); sub.on('subscribe', (...a) => console.log('sub ev', a)); 
  console.log(await sub.subscribe('a', 'b'), await sub.psubscribe('c*'), sub.mode); sub.subscribe('z', (e, n) => console.log('cb', e, n));
  try { await sub.get('a'); } catch (e) { console.log(e.name, e.message); } try { await sub.publish('a', 'x'); } catch (e) { console.log(e.message); } console.log(await sub.ping(), await sub.ping('hi'));
  const sent = [await r.publish('a', 'one'), await r.publish('cc', 'two'), await r.publish('c', Buffer.from('buf'))]; await tick(); console.log(...sent);
  console.log(await sub.unsubscribe('a'), await sub.punsubscribe('c*'), await sub.unsubscribe('b', 'z')); console.log(await sub.get('a'), sub.mode);
  sub.disconnect(); sub.on('close', () => console.log('sub close')); sub.on('end', () => console.log('sub end')); await tick();
  // killed by the server
  const k = new Redis(); ev(k, 'k'); await k.ping(); k.on('message', (c, m) => console.log('k msg', c, m)); await k.subscribe('kk'); const list = await r.client('LIST').catch((e) => 'x');
  // quit with pending
  const q = new Redis(); const ps = [q.set('q', 1), q.get('q'), q.quit(), q.get('q')]; for (const p of ps) await p.then((v) => console.log('q', v), (e) => console.log('q err', e.message));
  // no server
  const bad = new Redis(6999, { retryStrategy: (n) => (n < 3 ? 10 : null) }); ev(bad, 'bad'); await bad.get('x').catch((e) => console.log('bad', e.name, e.message)); await tick(80); console.log(bad.status);
  const bad2 = new Redis(6999, { maxRetriesPerRequest: 1, retryStrategy: () => 10 }); bad2.on('error', (e) => console.log('bad2 error', e.code, e.message)); await bad2.get('x').catch((e) => console.log('bad2', e.name, e.message)); bad2.disconnect();
  const off = new Redis({ enableOfflineQueue: false }); await off.get('a').catch((e) => console.log('off', e.message)); await tick(); console.log(await off.get('a')); off.disconnect();
  // key prefix, options
  const pre = new Redis({ keyPrefix: 'p:' }); await pre.set('k', 'v'); await pre.hset('h', { a: 1, b: 2 }); await pre.hset('h', new Map([['c', 3]])); console.log(await r.keys('p:*').then((x) => x.sort()), await pre.hgetall('h'), await pre.mget('k', 'zz'), await pre.del('k', 'h')); pre.disconnect();
  const db = new Redis({ db: 3 }); await db.set('only', 3); console.log(await db.get('only'), await r.get('only')); await db.flushdb(); db.disconnect();
  // values
  await r.set('num', 5); await r.set('obj', { a: 1 }); await r.set('arr', [1, 2]).catch((e) => console.log('arr', e.message)); await r.set('nul', null); await r.set('und', undefined); await r.set('bool', true); await r.set('buf', Buffer.from([0xff, 0x00])); console.log(await r.mget('num', 'obj', 'nul', 'und', 'bool'), await r.getBuffer('buf'));
  console.log(await r.mset({ m1: 1, m2: 'x' }), await r.mset(new Map([['m3', 3]])), await r.mset('m4', 4), await r.mget(['m1', 'm2', 'm3', 'm4']));
  console.log(await r.set('e', 1, 'EX', 10), await r.ttl('e'), await r.setex('e2', 5, 'x'), await r.expire('e', 100), await r.exists('e', 'e2', 'zz'), await r.incrby('num', 3), await r.incrbyfloat('num', 0.5), await r.decr('cnt'));
  console.log(await r.hset('hh', 'a', 1, 'b', 2), await r.hgetall('hh'), await r.hgetall('nohash'), await r.hmget('hh', 'a', 'z'), await r.hincrby('hh', 'a', 5), await r.hdel('hh', 'a', 'b'));
  console.log(await r.xadd('st', '*', 'k', 'v').then((id) => /^\d+-\d+$/.test(id)), await r.xlen('st'), (await r.xread('COUNT', 1, 'STREAMS', 'st', 0))[0][1][0][1], await r.xread('BLOCK', 20, 'STREAMS', 'st', '$'));
  console.log(await r.xadd('st2', '1-1', 'a', 1, 'b', '2'), await r.xrange('st2', '-', '+'), await r.xrevrange('st2', '+', '-', 'COUNT', 1), await r.xgroup('CREATE', 'st2', 'g', 0), await r.xreadgroup('GROUP', 'g', 'c', 'STREAMS', 'st2', '>'), await r.xpending('st2', 'g'), await r.xack('st2', 'g', '1-1'), await r.xinfo('GROUPS', 'st2'));
  await r.xgroup('CREATE', 'st2', 'g', 0).catch((e) => console.log(e.name, e.message, e.command)); await r.get('st2').catch((e) => console.log(e.name, e.message, e.command)); await r.call('bogus', 1, 'x').catch((e) => console.log(e.message, e.command)); await r.get().catch((e) => console.log(e.message, e.command)); await r.set('a').catch((e) => console.log(e.message));
  r.get('a', (e, v) => console.log('cb', e, v)); r.get('st2', (e, v) => console.log('cb', e && e.message, v)); await tick();
  const pipe = r.pipeline(); pipe.set('x', 1).incr('x').get('st2'); console.log(pipe.length); const res = await pipe.exec(); console.log(res.map(([e, v]) => [e && e.message, v])); console.log(await r.pipeline([['get', 'x'], ['set', 'y', 2]]).exec());
  console.log(await r.multi().set('x', 2).get('x').exec(), await r.multi([['get', 'x']]).exec()); await r.multi().set('x').exec().catch((e) => console.log(e.name, e.message, e.previousErrors && e.previousErrors.map((x) => x.message)));
  console.log(await r.type('x'), await r.type('st2'), await r.dbsize() > 5, await r.echo('hey'), typeof (await r.time())[0], await r.sadd('s', 1, 2), await r.smembers('s').then((x) => x.sort()), await r.lpush('l', 1, 2), await r.lrange('l', 0, -1), await r.brpop('l', 1), await r.blpop('nol', 0.05));
  const d = r.duplicate(); await d.ping(); console.log(d.status, d.options.host, d.options.port); d.disconnect(); r.disconnect(); await tick(); console.log(r.status, d.status);
})().catch((e) => console.log('FATAL', e.stack));
