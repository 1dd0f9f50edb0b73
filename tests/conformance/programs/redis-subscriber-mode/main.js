const Redis = require('ioredis');
const tick = (ms = 120) => new Promise((r) => setTimeout(r, ms));
(async () => {
  const s = new Redis(); s.on('error', (e) => console.log('error', e.message));
  await s.subscribe('c');
  for (const f of [() => s.get('a'), () => s.publish('c', 'x'), () => s.xadd('s', '*', 'a', 'b'), () => s.multi().get('a').exec(), () => s.ping(), () => s.ping('x'), () => s.call('PING'), () => s.call('get', 'a'), () => s.info(), () => s.reset(), () => s.pubsub('NUMPAT'), () => s.client('ID'), () => s.select(1)])
    await Promise.resolve().then(f).then((v) => console.log('ok', v), (e) => console.log(e.name, e.message));
  console.log(s.mode);
  s.subscribe((e, n) => console.log('cb', e && e.message, n));
  await s.subscribe().catch((e) => console.log(e.name, e.message));
  await s.psubscribe().catch((e) => console.log(e.message));
  console.log(await s.unsubscribe('c', 'd'), s.mode);
  console.log(await s.set('a', 'v'), await s.get('a'));
  s.disconnect();
})();
