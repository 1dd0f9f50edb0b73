import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const xs = [0.1, 1, 2.5, 10, 1e-7, 123456.789];
for (const f of ['sin', 'cos', 'tan', 'exp', 'log', 'log2', 'log10', 'cbrt', 'sinh', 'atan', 'expm1', 'log1p']) console.log(f, xs.map((x) => Math[f](x)));
console.log(xs.map((x) => x ** 1.7), Math.hypot(3, 4, 5), Math.atan2(1, -2));
console.log([1, 2, 3].map(() => Math.random()), randomUUID());
console.log(new Date(), Date.now(), new Date(2026, 1, 30).toLocaleDateString('en-GB'), (1234567.891).toLocaleString('en'));
await sleep(700);
console.log(new Date().toISOString(), performance.now());
console.log(createHmac('sha256', 'key').update('text').digest('hex'), Buffer.from('Привіт').toString('base64'));
console.log({ a: new Map([[1, { b: [new Set(['x'])] }]]), f() {}, s: Symbol('s'), d: new Date(0), e: [, 1], u: undefined, n: null, r: /x/g, big: 10n });
console.log(() => Math.sin(1), class A { m() { return 1; } });
console.log('%s is %d and %j %o', 'a', 1.5, { b: 1 }, [1]);
console.table([{ a: 1, b: 'x' }, { a: 2 }]);
