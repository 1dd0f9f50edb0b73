/**
 * The globals that every process gets as arguments, in the order of the compiled wrapper's parameters. What is not here
 * and not part of the language is looked up on the process's virtual global object.
 */
export const globalNames: readonly string[] = [
  'globalThis',
  'global',
  'console',
  'process',
  'Buffer',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'queueMicrotask',
  'structuredClone',
  'Date',
  'Math',
  'Intl',
  'JSON',
  'Proxy',
  'performance',
  'crypto',
  'CryptoKey',
  'fetch',
  'Headers',
  'Request',
  'Response',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'btoa',
  'atob',
  'AbortController',
  'AbortSignal',
  'Event',
  'EventTarget',
  'CustomEvent',
  'DOMException',
  'WeakRef',
  'FinalizationRegistry',
];

/**
 * Names of the language itself, the same in every realm. `SharedArrayBuffer` and `Atomics` are none: they are clocks, and the
 * sandbox takes them away.
 */
export const languageNames: ReadonlySet<string> = new Set(
  (
    'undefined NaN Infinity Object Function Array Number Boolean String Symbol BigInt Promise Map Set WeakMap WeakSet ' +
    'Error EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError RegExp ' +
    'Reflect ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array ' +
    'Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array parseInt parseFloat isNaN ' +
    'isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape eval arguments'
  ).split(' '),
);
