const Redis = require('ioredis');
const r = new Redis();
const out = (v) => JSON.stringify(v, (k, x) => (Buffer.isBuffer(x) ? x.toString() : x));
const run = async (line, mask) => {
  const args = Array.isArray(line) ? line : line.match(/"[^"]*"|\S+/g).map((w) => (w[0] === '"' ? w.slice(1, -1) : w));
  try {
    let v = await r.call(...args);
    if (mask) v = mask(v);
    console.log(args.join(' '), '->', out(v));
  } catch (e) {
    console.log(args.join(' '), '-> ERR', e.message);
  }
};
const many = async (text, mask) => {
  for (const l of text.trim().split('\n')) if (l.trim()) await run(l.trim(), mask);
};
(async () => {
  await r.flushall();
  const mask = (v) => JSON.parse(JSON.stringify(v).replace(/"(idle|seen-time|active-time)",\d+/g, '"$1","<n>"'));
  await many(
    `
XADD
XADD s
XADD s 1-1
XADD s 1-1 f
XADD s 1-1 f v g
XADD s 1-1 f v
XADD s 1-1 f v
XADD s 0-0 f v
XADD s 1 f v
XADD s 1-* f v
XADD s abc f v
XADD s 1-abc f v
XADD s -1 f v
XADD s 1-1-1 f v
XADD s 18446744073709551616-0 f v
XADD s 5-18446744073709551615 f v
XADD s 5-* f v
XADD s NOMKSTREAM 6-1 f v
XADD nos NOMKSTREAM 6-1 f v
XADD s MAXLEN 2 7-1 f v
XADD s MAXLEN = 2 7-2 f v
XADD s MAXLEN ~ 2 7-3 f v
XADD s MAXLEN ~ 2 LIMIT 10 7-4 f v
XADD s MAXLEN 2 LIMIT 10 7-5 f v
XADD s MAXLEN = 2 LIMIT 10 7-5 f v
XADD s MAXLEN ~ 2 LIMIT -1 7-5 f v
XADD s MAXLEN ~ 2 LIMIT x 7-5 f v
XADD s MAXLEN -1 7-5 f v
XADD s MAXLEN x 7-5 f v
XADD s MAXLEN 0 7-5 f v
XLEN s
XADD s MINID 7 8-1 f v
XADD s MINID ~ 7 8-2 f v
XADD s MINID x 8-3 f v
XADD s MINID 7 MAXLEN 5 8-3 f v
XADD s MAXLEN 5 MAXLEN 1 8-3 f v
XADD s NOMKSTREAM MAXLEN 5 8-3 f v
XADD s MAXLEN 5 NOMKSTREAM 8-4 f v
XADD s LIMIT 5 8-5 f v
XADD s BOGUS 8-5 f v
XADD s + f v
XADD s - f v
XADD s $ f v
XADD s > f v
XADD new 0-* f v
XADD new * f
XADD new2 0-0 f v
EXISTS new2
XLEN
XLEN nokey
XLEN s x
XRANGE s - +
XRANGE s - + COUNT 1
XRANGE s - + COUNT 0
XRANGE s - + COUNT -1
XRANGE s - + COUNT x
XRANGE s - + COUNT
XRANGE s - + BOGUS 1
XRANGE s (7-5 +
XRANGE s (- +
XRANGE s - (+
XRANGE s ( +
XRANGE s (8-4 (8-4
XRANGE s x +
XRANGE s 8 8
XRANGE s 8-1 8-2
XRANGE s + -
XRANGE nokey - +
XRANGE nokey x +
XREVRANGE s + - COUNT 2
XREVRANGE s - +
XREVRANGE s + (8-1
XREVRANGE s (8-4 -
XRANGE s (18446744073709551615-18446744073709551615 +
XREVRANGE s + (18446744073709551615-18446744073709551615
XREVRANGE s (0-0 -
XDEL s
XDEL s x
XDEL s 8-1 99-1 8-1
XDEL nokey 1-1
XTRIM s
XTRIM s MAXLEN
XTRIM s MAXLEN 1
XTRIM s MAXLEN = 1
XTRIM s MAXLEN ~ 0
XTRIM s MAXLEN ~ 0 LIMIT 0
XTRIM s MAXLEN 0 LIMIT 5
XTRIM s MINID 99
XTRIM s MINID
XTRIM s BOGUS 5
XTRIM s MAXLEN 1 BOGUS
XTRIM s MAXLEN 1 MINID 5
XTRIM nokey MAXLEN 1
XLEN s
XSETID s 5-1
XSETID s 100-1
XSETID s x
XSETID nokey 5-1
XSETID s 101-1 ENTRIESADDED 5 MAXDELETEDID 3-1
XSETID s 101-1 ENTRIESADDED -5 MAXDELETEDID 3-1
XSETID s 101-1 ENTRIESADDED 5
XSETID s 101-1 MAXDELETEDID 3-1
XSETID s 101-1 ENTRIESADDED 5 MAXDELETEDID 200-1
XSETID s
XADD s 102-1 f v
XINFO STREAM s
XINFO STREAM s FULL
XINFO STREAM s FULL COUNT 1
XINFO STREAM s FULL COUNT x
XINFO STREAM s FULL COUNT
XINFO STREAM s BOGUS
XINFO STREAM nokey
XINFO STREAM
XINFO GROUPS nokey
XINFO GROUPS s
XINFO CONSUMERS s g
XINFO CONSUMERS nokey g
XINFO
XINFO BOGUS s
XREAD
XREAD STREAMS
XREAD STREAMS s
XREAD STREAMS s t 0
XREAD STREAMS s 0
XREAD STREAMS s 0-0
XREAD STREAMS s $
XREAD STREAMS s >
XREAD STREAMS s x
XREAD STREAMS s +
XREAD STREAMS s -
XREAD COUNT 0 STREAMS s 0
XREAD COUNT -1 STREAMS s 0
XREAD COUNT x STREAMS s 0
XREAD BLOCK -1 STREAMS s $
XREAD BLOCK x STREAMS s $
XREAD BLOCK 1.5 STREAMS s $
XREAD BLOCK 10 STREAMS s $
XREAD BLOCK 10 COUNT 1 STREAMS s nokey 0 0
XREAD BOGUS STREAMS s 0
XREAD GROUP g c STREAMS s >
XREAD NOACK STREAMS s 0
XREAD STREAMS nokey s 0 0
XREAD STREAMS s s 0 0
`,
    mask,
  );
  await many(
    `
DEL s
XGROUP
XGROUP CREATE
XGROUP CREATE s g
XGROUP CREATE s g 0
XGROUP CREATE s g 0 MKSTREAM
XGROUP CREATE s g 0
XGROUP CREATE s g2 x
XGROUP CREATE s g2 $ BOGUS
XGROUP CREATE s g2 $ ENTRIESREAD
XGROUP CREATE s g2 $ ENTRIESREAD x
XGROUP CREATE s g2 $ ENTRIESREAD -2
XGROUP CREATE s g2 $ ENTRIESREAD -1
XGROUP CREATE s g3 $ ENTRIESREAD 5
XGROUP CREATE s g4 -
XGROUP CREATE s g5 5
XGROUP SETID s g
XGROUP SETID s nog 0
XGROUP SETID nokey g 0
XGROUP SETID s g x
XGROUP SETID s g 0
XGROUP SETID s g 0 ENTRIESREAD 3
XGROUP SETID s g 0 MKSTREAM
XGROUP DESTROY s nog
XGROUP DESTROY s g5
XGROUP DESTROY nokey g
XGROUP DESTROY s
XGROUP CREATECONSUMER s g alice
XGROUP CREATECONSUMER s g alice
XGROUP CREATECONSUMER s nog alice
XGROUP CREATECONSUMER nokey g alice
XGROUP CREATECONSUMER s g
XGROUP DELCONSUMER s g nobody
XGROUP DELCONSUMER s nog nobody
XGROUP DELCONSUMER nokey g a
XGROUP BOGUS s g
XGROUP CREATE s
XADD s 1-1 a 1
XADD s 1-2 a 2
XADD s 1-3 a 3
XADD s 1-4 a 4
XADD s 1-5 a 5
XREADGROUP
XREADGROUP GROUP g alice
XREADGROUP GROUP g alice STREAMS s
XREADGROUP GROUP g alice STREAMS s $
XREADGROUP GROUP g alice STREAMS s x
XREADGROUP GROUP nog alice STREAMS s >
XREADGROUP GROUP g alice STREAMS nokey >
XREADGROUP GROUP g alice STREAMS s nokey > >
XREADGROUP COUNT 1 STREAMS s >
XREADGROUP STREAMS s >
XREADGROUP GROUP g STREAMS s >
XREADGROUP GROUP g alice COUNT 2 STREAMS s >
XREADGROUP GROUP g alice COUNT 0 STREAMS s 0
XREADGROUP GROUP g alice COUNT -5 STREAMS s 0
XREADGROUP COUNT 1 GROUP g bob STREAMS s >
XREADGROUP GROUP g bob NOACK COUNT 1 STREAMS s >
XREADGROUP GROUP g bob STREAMS s 0
XREADGROUP GROUP g alice STREAMS s 1-1
XREADGROUP GROUP g alice COUNT 1 STREAMS s 0
XREADGROUP GROUP g alice BLOCK 10 STREAMS s 99
XREADGROUP GROUP g carol BLOCK 10 STREAMS s >
XREADGROUP GROUP g carol BLOCK 10 STREAMS s >
XREADGROUP GROUP g carol BLOCK -1 STREAMS s >
XREADGROUP GROUP g carol BOGUS STREAMS s >
XREADGROUP NOACK GROUP g carol STREAMS s 0
XINFO CONSUMERS s g
XINFO GROUPS s
XINFO STREAM s
XPENDING
XPENDING s
XPENDING s g
XPENDING s nog
XPENDING nokey g
XPENDING s g2
XPENDING s g -
XPENDING s g - +
XPENDING s g - + x
XPENDING s g - + -1
XPENDING s g - + 0
XPENDING s g x + 10
XPENDING s g IDLE
XPENDING s g IDLE 0
XPENDING s g IDLE x - + 10
XPENDING s g IDLE 100000 - + 10
XPENDING s g IDLE 100000 - + 10 alice
XPENDING s g BOGUS 0 - + 10
XPENDING s g IDLE 0 - + 10 alice x
XPENDING s nog - + 10
XPENDING s g - + 10 nobody
XACK
XACK s g
XACK s g x
XACK s g 1-1 x
XACK s nog 1-1
XACK nokey g 1-1
XACK s g 1-1 1-1 9-9
XCLAIM
XCLAIM s g
XCLAIM s g bob
XCLAIM s g bob 0
XCLAIM s g bob x 1-1
XCLAIM s g bob -5 1-2
XCLAIM s nog bob 0 1-1
XCLAIM nokey g bob 0 1-1
XCLAIM s g bob 0 x
XCLAIM s g bob 0 1-2 BOGUS
XCLAIM s g bob 0 1-2 JUSTID
XCLAIM s g bob 100000 1-2
XCLAIM s g bob 0 1-2 IDLE
XCLAIM s g bob 0 1-2 IDLE x
XCLAIM s g bob 0 1-2 IDLE -5
XCLAIM s g bob 0 1-2 IDLE 100000
XCLAIM s g carol 50000 1-2 JUSTID
XCLAIM s g bob 0 1-2 TIME x
XCLAIM s g bob 0 1-2 TIME 1
XCLAIM s g bob 0 1-2 RETRYCOUNT 9
XCLAIM s g bob 0 1-2 RETRYCOUNT x
XCLAIM s g bob 0 1-2 RETRYCOUNT -1
XCLAIM s g bob 0 1-2 JUSTID FORCE
XCLAIM s g bob 0 1-5
XCLAIM s g bob 0 1-5 FORCE
XCLAIM s g bob 0 1-5 FORCE JUSTID
XCLAIM s g bob 0 9-9 FORCE
XCLAIM s g bob 0 1-2 LASTID 50-1
XCLAIM s g bob 0 1-2 LASTID x
XCLAIM s g newc 100000 1-2
XCLAIM s g newc 0 1-1 1-2 JUSTID 1-3
XINFO CONSUMERS s g
XINFO GROUPS s
XAUTOCLAIM
XAUTOCLAIM s g bob
XAUTOCLAIM s g bob 0
XAUTOCLAIM s g bob 0 x
XAUTOCLAIM s g bob x 0
XAUTOCLAIM s g bob -5 0
XAUTOCLAIM s g bob 0 0 COUNT 0
XAUTOCLAIM s g bob 0 0 COUNT -1
XAUTOCLAIM s g bob 0 0 COUNT x
XAUTOCLAIM s g bob 0 0 COUNT
XAUTOCLAIM s g bob 0 0 BOGUS
XAUTOCLAIM s nog bob 0 0
XAUTOCLAIM nokey g bob 0 0
XAUTOCLAIM s g bob 0 -
XAUTOCLAIM s g bob 0 +
XAUTOCLAIM s g bob 0 (1-2
XAUTOCLAIM s g bob 0 (0 COUNT 1
XAUTOCLAIM s g dave 0 0 COUNT 1
XAUTOCLAIM s g dave 0 0 JUSTID COUNT 1
XAUTOCLAIM s g dave 100000 0 COUNT 1
XDEL s 1-2
XAUTOCLAIM s g dave 0 0
XPENDING s g
XGROUP DELCONSUMER s g dave
XPENDING s g
XINFO STREAM s FULL
SET str x
XADD str 1-1 a 1
XLEN str
XRANGE str - +
XREAD STREAMS str 0
XREADGROUP GROUP g a STREAMS str >
XGROUP CREATE str g 0
XACK str g 1-1
XPENDING str g
XCLAIM str g b 0 1-1
XAUTOCLAIM str g b 0 0
XINFO STREAM str
XTRIM str MAXLEN 0
XDEL str 1-1
XSETID str 1-1
GET s
INCR s
HGETALL s
LPUSH s 1
TYPE s
`,
    mask,
  );
  // multi and pipelines
  const p = async (label, fn) => {
    try {
      console.log(label, out(await fn()));
    } catch (e) {
      console.log(label, 'ERR', e.name, e.message, out(e.previousErrors?.map((x) => x.message)));
    }
  };
  await r.flushall();
  await p('multi ok', () => r.multi().set('a', 1).incr('a').get('a').exec());
  await p('multi wrongtype', () => r.multi().set('a', 'x').incr('a').lpush('a', 1).get('a').exec());
  await p('multi bad', () => r.multi().set('a').get('a').exec());
  await p('multi bad2', () => r.multi().set('a', 'y').call('nosuch', 'x').get('a').exec());
  await p('get a', () => r.get('a'));
  await p('pipe mix', () => r.pipeline().set('a', 1).lpush('a', 1).call('nosuch').get('a').exec());
  await p('pipe empty', () => r.pipeline().exec());
  await p('multi empty', () => r.multi().exec());
  await p('pipe cb', () =>
    r
      .pipeline()
      .get('a', (e, v) => console.log('cb', e, v))
      .exec((e, v) => console.log('all', e, out(v))),
  );
  await p('multi no pipeline', async () => {
    await r.multi({ pipeline: false });
    const a = await r.set('m', 1);
    const b = await r.get('m');
    return [a, b, await r.exec()];
  });
  await p('nested', async () => {
    await r.multi({ pipeline: false });
    try {
      await r.call('multi');
    } catch (e) {
      console.log(e.message);
    }
    return r.exec();
  });
  await p('discard', async () => {
    await r.multi({ pipeline: false });
    await r.set('dd', 1);
    await r.discard();
    return r.get('dd');
  });
  await p('exec alone', () => r.exec());
  await p('discard alone', () => r.discard());
  await p('watch', async () => {
    const q = r.duplicate();
    await r.set('w', 1);
    await r.watch('w');
    await q.set('w', 2);
    const v = await r.multi().set('w', 3).exec();
    q.disconnect();
    return [v, await r.get('w')];
  });
  await p('watch inside', async () => {
    await r.multi({ pipeline: false });
    try {
      await r.watch('x');
    } catch (e) {
      console.log(e.message);
    }
    return r.exec();
  });
  await p('watch same', async () => {
    await r.watch('w');
    await r.set('w', 2);
    return r.multi().set('w', 3).exec();
  });
  await p('watch unwatch', async () => {
    await r.watch('w');
    await r.set('w', 9);
    await r.unwatch();
    return r.multi().set('w', 3).exec();
  });
  r.disconnect();
})();
