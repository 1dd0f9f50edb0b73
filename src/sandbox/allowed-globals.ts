/**
 * What stays on the global object of the simulation's worker: the language, and a few pure parts of the web's library.
 *
 * Left out of the language on purpose: `SharedArrayBuffer` and `Atomics` (clocks), `WebAssembly` (the policy forbids it
 * anyway), `Temporal` (`Temporal.Now`). `Date`, `Math.random`, `WeakRef` and `FinalizationRegistry` are tamed.
 */
export const allowedGlobals: ReadonlySet<string> = new Set(
  `
  undefined NaN Infinity globalThis eval isFinite isNaN parseFloat parseInt
  decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape
  Object Function Boolean Symbol Number BigInt String RegExp Array Map Set WeakMap WeakSet WeakRef FinalizationRegistry Iterator Promise Proxy
  Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError
  DisposableStack AsyncDisposableStack
  JSON Math Reflect Intl Date
  ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  Float16Array Float32Array Float64Array BigInt64Array BigUint64Array
  URL URLSearchParams TextEncoder TextDecoder btoa atob structuredClone Headers
  AbortController AbortSignal Event EventTarget CustomEvent DOMException
  `
    .trim()
    .split(/\s+/),
);
