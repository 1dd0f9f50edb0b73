import express from 'express';
import { eventBus } from 'eventarium';

// What the engine says of mistakes, as bare messages.
const bus = eventBus('shop');
const nothing = undefined;
const something = { count: 1 };
const fixed = Object.freeze({ count: 1 });

const mistakes = {
  json: ['{bad', '', '[1,', '{"a":1,}', '{"a":1,"b" 2}', '{"a":1}x', '"a\nb"', '01', 'undefined', '<!doctype html>', '{"key": "value", "x": oops}'].map(
    (text) => () => JSON.parse(text),
  ),
  types: [
    () => nothing.length,
    () => nothing(),
    () => something.missing(),
    () => something.count(),
    () => new something.count(),
    () => [...something],
    () => {
      const { a } = nothing;
      return a;
    },
    () => {
      fixed.count = 2;
    },
    () => undeclared,
    () => [3, 1].sort('up'),
    () => [1].map(undefined),
    () => BigInt('x'),
    () => 2n ** -1n,
    () => 1n + something.count,
    () => `${Symbol('s')}`,
    () => structuredClone(() => 1),
    () => Promise(),
    () => null instanceof something,
  ],
  ranges: [
    () => new Array(-1),
    () => (1).toFixed(101),
    () => 'a'.repeat(-1),
    () => 'a'.normalize('X'),
    () => new Date(NaN).toISOString(),
    () => decodeURIComponent('%'),
    () => new RegExp('('),
    () => new Intl.NumberFormat('en', { style: 'currency' }),
  ],
  web: [
    () => new URL('nowhere'),
    () => new URL(),
    () => new TextDecoder('klingon'),
    () => new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])),
    () => atob('*'),
  ],
};

for (const [about, all] of Object.entries(mistakes)) {
  for (const [index, make] of all.entries()) {
    try {
      console.log(about, index, 'went well:', make());
    } catch (error) {
      console.log(about, index, error.message, error.code);
      bus.emit(`mistake.${about}`, { name: error.name, message: error.message });
    }
  }
}

// What a body is that is no JSON is said by whoever reads it, not by the code above.
await new Response('{a: 1}').json().catch(({ message }) => console.log(message));
const app = express().use(express.json(), (_, response) => response.end());
app.use((error, _request, response, _next) => response.json({ message: error.message }));
app.listen(80, async () => {
  for (const body of ['{"a":1}x', '"a"']) {
    const answer = await fetch('http://words/', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    console.log(await answer.text());
  }
});
