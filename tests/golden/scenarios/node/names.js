const names =
  'Array Atomics Buffer Date FinalizationRegistry Function Intl Iterator Math Proxy Reflect RegExp SharedArrayBuffer Temporal Uint8Array ' +
  'WeakMap WeakRef WebAssembly Worker fetch importScripts navigator parseInt performance process require self setTimeout window';
for (const name of names.split(' ')) console.log(name, typeof globalThis[name], Object.keys(globalThis).includes(name));
console.log(typeof Atomics, typeof SharedArrayBuffer, typeof WeakRef, typeof navigator, typeof process, typeof WebAssembly);
const target = { n: 1 };
console.log(new WeakRef(target).deref() === target, String(new WeakRef(target)), new FinalizationRegistry(() => {}).unregister(target));
globalThis.mine = 5;
console.log(typeof mine, mine, [typeof mine, typeof yours]);
try {
  console.log(new SharedArrayBuffer(8));
} catch (error) {
  console.log(error.name);
}
