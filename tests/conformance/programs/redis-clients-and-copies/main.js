const Redis = require('ioredis');
const show = (...a) => console.log(...a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)));
const err = (e) => e.name + ': ' + e.message;
(async () => {
  const r = new Redis(); const other = new Redis(); await other.ping(); await r.flushall();
  for (const c of [['COPY', 'a', 'b'], ['SET', 'a', '1'], ['COPY', 'a', 'b'], ['COPY', 'a', 'b'], ['COPY', 'a', 'b', 'REPLACE'], ['COPY', 'a', 'a'], ['COPY', 'a', 'b', 'DB'], ['COPY', 'a', 'b', 'DB', '99'], ['COPY', 'a', 'b', 'DB', 'x'], ['COPY', 'a', 'c', 'DB', '1', 'REPLACE'], ['COPY', 'a', 'b', 'FOO'], ['COPY', 'a'],
    ['HSET', 'h', 'f', '1'], ['COPY', 'h', 'h2'], ['HSET', 'h2', 'f', '2'], ['HGET', 'h', 'f'], ['RPUSH', 'l', '1', '2'], ['COPY', 'l', 'l2'], ['RPOP', 'l2'], ['LRANGE', 'l', '0', '-1'], ['SADD', 's', 'x', 'y'], ['COPY', 's', 's2'], ['SREM', 's2', 'x'], ['SCARD', 's'],
    ['SET', 'e', '1', 'EX', '100'], ['COPY', 'e', 'e2'], ['TTL', 'e2'], ['SELECT', '1'], ['GET', 'c'], ['SELECT', '0'],
    ['CLIENT'], ['CLIENT', 'FOO'], ['CLIENT', 'KILL', 'ID', '99999'], ['CLIENT', 'KILL', 'ID', 'x'], ['CLIENT', 'KILL', 'TYPE', 'foo'], ['CLIENT', 'KILL', 'TYPE', 'pubsub'], ['CLIENT', 'KILL', '1.2.3.4:5'], ['CLIENT', 'KILL', 'FOO', 'bar'], ['CLIENT', 'KILL'], ['CLIENT', 'KILL', 'ID'], ['CLIENT', 'KILL', 'USER', 'nobody'], ['CLIENT', 'KILL', 'SKIPME', 'maybe'], ['CLIENT', 'KILL', 'SKIPME', 'yes', 'ID', '77777'], ['CLIENT', 'KILL', 'USER', 'default', 'TYPE', 'pubsub'],
    ['CLIENT', 'LIST', 'FOO'], ['CLIENT', 'LIST', 'TYPE', 'foo'], ['CLIENT', 'LIST', 'TYPE', 'pubsub'], ['CLIENT', 'LIST', 'ID', '99999'], ['CLIENT', 'LIST', 'ID', 'x'], ['CLIENT', 'LIST', 'ID'], ['CLIENT', 'NO-EVICT', 'on'], ['CLIENT', 'NO-EVICT', 'x'], ['CLIENT', 'SETNAME', 'a b'], ['CLIENT', 'SETNAME', ''], ['CLIENT', 'GETNAME'], ['CLIENT', 'SETNAME', 'me'], ['CLIENT', 'GETNAME'], ['CLIENT', 'SETINFO', 'LIB-NAME', 'x'], ['CLIENT', 'GETREDIR'], ['CLIENT', 'UNBLOCK', '1', 'X'],
    ['XINFO', 'HELP'], ['XGROUP', 'HELP'], ['PUBSUB', 'HELP'], ['CLIENT', 'HELP'], ['XINFO', 'HELP', 'x'], ['XINFO', 'FOO']])
    await r.call(...c).then((v) => show(c.join(' '), '=>', v), (e) => show(c.join(' '), '=>', err(e)));
  // list fields
  const fields = (t) => t.split(' ').map((f) => f.split('=')[0]).join(' ');
  show(fields((await r.client('LIST')).trim().split('\n')[0]));
  show((await r.client('INFO')).trim().replace(/(id|addr|laddr|fd|age|idle|qbuf|qbuf-free|argv-mem|rbs|rbp|tot-mem)=\S+/g, '$1=?'));
  show((await r.client('LIST')).trim().split('\n').map((l) => /name=(\S*) .*flags=(\S+) db=(\d+) sub=(\d+) psub=(\d+) ssub=(\d+) multi=(-?\d+).*cmd=(\S+)/.exec(l).slice(1).join(' ')));
  const sub = new Redis({ connectionName: 'listener' }); await sub.subscribe('x', 'y'); await sub.psubscribe('p*');
  show((await r.client('LIST', 'TYPE', 'pubsub')).trim().split('\n').map((l) => /name=(\S*) .*flags=(\S+) db=(\d+) sub=(\d+) psub=(\d+) ssub=(\d+) multi=(-?\d+).*cmd=(\S+)/.exec(l).slice(1).join(' ')));
  // kill another
  const victim = new Redis({ retryStrategy: () => 100 }); for (const e of ['close', 'reconnecting', 'ready', 'end', 'error']) victim.on(e, () => show('victim', e));
  const id = await victim.client('ID'); const hit = await r.client('KILL', 'ID', id); await new Promise((f) => setTimeout(f, 300)); show(typeof id, hit); show(await victim.client('ID') > id, await victim.ping());
  // kill self
  for (const e of ['close', 'reconnecting', 'ready']) other.on(e, () => show('other', e));
  show(await other.client('KILL', 'ID', await other.client('ID'))); const self = await other.client('KILL', 'ID', await other.client('ID'), 'SKIPME', 'no'); await new Promise((f) => setTimeout(f, 300)); show(self); show(await other.ping());
  show(await r.client('KILL', 'TYPE', 'pubsub')); await new Promise((f) => setTimeout(f, 400)); show(await r.pubsub('NUMSUB', 'x', 'y'));
  // blocked commands and kill
  const blocked = new Redis({ maxRetriesPerRequest: 0, retryStrategy: () => 50 }); blocked.on('error', () => {}); const bid = await blocked.client('ID'); const p = blocked.blpop('nothing', 0).catch(err); await new Promise((f) => setTimeout(f, 50)); show(await r.client('KILL', 'ID', bid)); show(await p);
  process.exit();
})();
