// What there is to find on the objects of the language.
const prototypeOf = Object.getPrototypeOf;
const objects = {
  Object, Array, Number, String, Symbol, BigInt, Promise, Map, Set, WeakMap, WeakSet, RegExp, ArrayBuffer, DataView, Uint8Array, JSON, Math,
  Reflect, Intl, Date, Error,
  TypedArray: prototypeOf(Uint8Array),
  Iterator: { prototype: prototypeOf(prototypeOf([].values())) },
  Generator: { prototype: prototypeOf(function* () {}).prototype },
};
// V8's own way to stacks.
const ofTheEngine = new Set(['captureStackTrace', 'prepareStackTrace', 'stackTraceLimit', 'stack']);
const namesOf = (object) =>
  Reflect.ownKeys(object).map(String).filter((name) => !ofTheEngine.has(name)).sort().join(' ');
for (const [name, object] of Object.entries(objects)) {
  console.log(name, namesOf(object));
  if (object.prototype) console.log(`${name}.prototype`, namesOf(object.prototype));
}
for (const name of ['Iterator', 'Temporal', 'Float16Array', 'SharedArrayBuffer', 'Atomics', 'WebAssembly', 'navigator']) {
  console.log(name, typeof globalThis[name]);
}
console.log(Object.getOwnPropertyNames(globalThis).sort().join(' '));
console.log(JSON.parse('[1.0]', (...args) => (args.length > 2 ? args : args[1])));
console.log([[].sort, Promise.prototype.then, setTimeout, btoa, Date, JSON.parse].map(String));
console.log([btoa, atob, setTimeout, structuredClone, Date, Proxy, queueMicrotask]);
console.log(typeof Object.groupBy, typeof new Set().union, typeof [].values().map, typeof Promise.withResolvers);
