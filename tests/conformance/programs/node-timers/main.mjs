import { setTimeout as sleep, setInterval as every, setImmediate as imm, scheduler } from 'node:timers/promises';
const log = console.log; const t0 = Date.now();
setTimeout(() => log('t0'), 0); setImmediate(() => log('imm')); process.nextTick(() => log('tick')); queueMicrotask(() => log('micro')); Promise.resolve().then(() => log('then')); log('sync');
await sleep(10); const t = setTimeout((a, b) => log('args', a, b), 5, 1, 2); log(typeof t, t.hasRef(), t.unref() === t, t.hasRef(), t.ref() === t, typeof t[Symbol.toPrimitive]()); await sleep(10);
const c = setTimeout(() => log('never'), 5); clearTimeout(c); clearTimeout(undefined); clearTimeout('x'); clearInterval(null); const r = setTimeout(() => log('refreshed'), 20); await sleep(15); r.refresh(); await sleep(15); log('not yet'); await sleep(15);
log(await sleep(1, 'v'), await imm('i')); let n = 0; for await (const v of every(5, 'e')) { log(v); if (++n === 3) break; }
const ac = new AbortController(); setTimeout(() => ac.abort(), 5); await sleep(100, null, { signal: ac.signal }).catch((e) => log(e.name, e.code, e.message)); await scheduler.wait(5);
try { setTimeout('code'); } catch (e) { log(e.name, e.code, e.message); } try { setImmediate(); } catch (e) { log(e.code); }
setTimeout(() => log('neg'), -5); setTimeout(() => log('nan'), NaN); setTimeout(() => log('big?'), 2 ** 31); await sleep(5);
for (let i = 0; i < 3; i++) setTimeout(() => { log('m', i); process.nextTick(() => log('nt', i)); Promise.resolve().then(() => log('p', i)); }, 5); await sleep(10);
setImmediate(() => { log('i1'); setImmediate(() => log('i3')); process.nextTick(() => log('in')); }); setImmediate(() => log('i2')); await sleep(5);
log(performance.now() > 0, typeof performance.timeOrigin, process.hrtime().length, typeof process.hrtime.bigint(), process.uptime() > 0, Date.now() - t0 >= 100); performance.mark('a'); log(structuredClone({ d: new Date(0), m: new Map([[1, { a: 1n }]]), r: /x/g, u: undefined })); try { structuredClone(() => 1); } catch (e) { log(e.name, e.code, e.message); }
