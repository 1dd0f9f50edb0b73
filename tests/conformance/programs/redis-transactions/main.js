const Redis = require('ioredis');
(async () => {
  const r = new Redis();
  const show = (res) => res.map(([e, v]) => (e ? `${e.name}: ${e.message}` : v));
  console.log(show(await r.pipeline().set('a', 1).incr('a').incrby('a', 5).lpush('a', 1).get('a').exec()));
  console.log(show(await r.pipeline().get('a', (e, v) => console.log('one', e, v)).hset('h', 'f', 1).hgetall('h', (e, v) => console.log('two', e, v)).exec((e, res) => console.log('cb', e, res.length))));
  console.log(await r.pipeline().exec());
  const p = r.pipeline([['set', 'x', 1], ['get', 'x']]); p.get('nope'); console.log(p.length, show(await p.exec()));
  console.log(show(await r.multi({ pipeline: true }).set('b', 2).incr('b').exec()));
  console.log(await r.multi({ pipeline: false }), await r.set('c', 3), await r.get('c'), await r.exec());
  console.log(await r.multi({ pipeline: false }), await r.get('c'), await r.discard());
  await r.exec().catch((e) => console.log(e.message)); await r.discard().catch((e) => console.log(e.message));
  await r.multi().set('a').get('a').exec().catch((e) => console.log(e.name, e.message, e.previousErrors.map((x) => x.message)));
  console.log(show(await r.multi().lpush('c', 1).get('c').exec()));
  const other = new Redis(); await r.watch('w'); await other.set('w', 1); console.log(await r.multi().set('w', 2).exec(), await r.get('w'));
  await r.watch('w'); console.log(show(await r.multi().set('w', 3).exec()), await r.get('w'));
  r.multi().get('w').exec((e, res) => { console.log('exec cb', e, res); r.disconnect(); other.disconnect(); });
})();
