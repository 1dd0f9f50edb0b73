/**
 * The language as every engine has it here: what Node 20 has, the version that is simulated. A newer engine's additions
 * (`Object.groupBy`, iterator helpers, `Set.prototype.union`, …) would make programs take other ways in it than in Node, so they
 * are taken away, as is what tomorrow's engines add: the list says what stays.
 *
 * Each line: an object that programs can reach, and its own properties; `@@` before the name of a well-known symbol. Only
 * what both Node 20 and the browsers of today have is in it.
 */
const table = `
Object: assign getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols hasOwn is preventExtensions seal create defineProperties defineProperty freeze getPrototypeOf setPrototypeOf isExtensible isFrozen isSealed keys entries fromEntries values
Object.prototype: constructor __defineGetter__ __defineSetter__ hasOwnProperty __lookupGetter__ __lookupSetter__ isPrototypeOf propertyIsEnumerable toString valueOf __proto__ toLocaleString
Function:
Function.prototype: arguments caller constructor apply bind call toString @@hasInstance
Array: isArray from of @@species
Array.prototype: constructor at concat copyWithin fill find findIndex findLast findLastIndex lastIndexOf pop push reverse shift unshift slice sort splice includes indexOf join keys entries values forEach filter flat flatMap map every some reduce reduceRight toLocaleString toString toReversed toSorted toSpliced with @@iterator @@unscopables
Number: isFinite isInteger isNaN isSafeInteger parseFloat parseInt MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY MAX_SAFE_INTEGER MIN_SAFE_INTEGER EPSILON
Number.prototype: constructor toExponential toFixed toPrecision toString valueOf toLocaleString
Boolean:
Boolean.prototype: constructor toString valueOf
String: fromCharCode fromCodePoint raw
String.prototype: constructor anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fontcolor fontsize fixed includes indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice small split strike sub substr substring sup startsWith toString toWellFormed trim trimStart trimLeft trimEnd trimRight toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase valueOf @@iterator
Symbol: for keyFor asyncIterator hasInstance isConcatSpreadable iterator match matchAll replace search species split toPrimitive toStringTag unscopables dispose asyncDispose
Symbol.prototype: constructor toString valueOf description @@toStringTag @@toPrimitive
BigInt: asUintN asIntN
BigInt.prototype: constructor toLocaleString toString valueOf @@toStringTag
Promise: all allSettled any race resolve reject @@species
Promise.prototype: constructor then catch finally @@toStringTag
Map: @@species
Map.prototype: constructor get set has delete clear entries forEach keys size values @@toStringTag @@iterator
Set: @@species
Set.prototype: constructor has add delete clear entries forEach size values keys @@toStringTag @@iterator
WeakMap:
WeakMap.prototype: constructor delete get set has @@toStringTag
WeakSet:
WeakSet.prototype: constructor delete has add @@toStringTag
Error: captureStackTrace prepareStackTrace stackTraceLimit
Error.prototype: constructor name message toString stack
AggregateError:
AggregateError.prototype: constructor name message
RegExp: input $_ lastMatch $& lastParen $+ leftContext $\` rightContext $' $1 $2 $3 $4 $5 $6 $7 $8 $9 @@species
RegExp.prototype: constructor exec dotAll flags global hasIndices ignoreCase multiline source sticky unicode compile toString test unicodeSets @@match @@matchAll @@replace @@search @@split
ArrayBuffer: isView @@species
ArrayBuffer.prototype: constructor byteLength slice maxByteLength resizable resize @@toStringTag
DataView:
DataView.prototype: constructor buffer byteLength byteOffset getInt8 setInt8 getUint8 setUint8 getInt16 setInt16 getUint16 setUint16 getInt32 setInt32 getUint32 setUint32 getFloat32 setFloat32 getFloat64 setFloat64 getBigInt64 setBigInt64 getBigUint64 setBigUint64 @@toStringTag
Uint8Array: BYTES_PER_ELEMENT
Uint8Array.prototype: constructor BYTES_PER_ELEMENT
TypedArray: of from @@species
TypedArray.prototype: constructor buffer byteLength byteOffset length entries keys values at copyWithin every fill filter find findIndex findLast findLastIndex forEach includes indexOf join lastIndexOf map reverse reduce reduceRight set slice some sort subarray toLocaleString toString toReversed toSorted with @@toStringTag @@iterator
Date: now parse UTC
Date.prototype: constructor toString toDateString toTimeString toISOString toUTCString toGMTString getDate setDate getDay getFullYear setFullYear getHours setHours getMilliseconds setMilliseconds getMinutes setMinutes getMonth setMonth getSeconds setSeconds getTime setTime getTimezoneOffset getUTCDate setUTCDate getUTCDay getUTCFullYear setUTCFullYear getUTCHours setUTCHours getUTCMilliseconds setUTCMilliseconds getUTCMinutes setUTCMinutes getUTCMonth setUTCMonth getUTCSeconds setUTCSeconds valueOf getYear setYear toJSON toLocaleString toLocaleDateString toLocaleTimeString @@toPrimitive
Math: abs acos acosh asin asinh atan atanh atan2 ceil cbrt expm1 clz32 cos cosh exp floor fround hypot imul log log1p log2 log10 max min pow random round sign sin sinh sqrt tan tanh trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 @@toStringTag
Reflect: defineProperty deleteProperty apply construct get getOwnPropertyDescriptor getPrototypeOf has isExtensible ownKeys preventExtensions set setPrototypeOf @@toStringTag
Intl: getCanonicalLocales supportedValuesOf DateTimeFormat NumberFormat Collator PluralRules RelativeTimeFormat ListFormat Locale DisplayNames Segmenter @@toStringTag
Intl.Collator.prototype: constructor resolvedOptions compare @@toStringTag
Intl.DateTimeFormat.prototype: constructor resolvedOptions formatToParts format formatRange formatRangeToParts @@toStringTag
Intl.Locale.prototype: constructor toString maximize minimize language script region baseName calendar caseFirst collation hourCycle numeric numberingSystem @@toStringTag
Intl.NumberFormat.prototype: constructor resolvedOptions formatToParts format formatRange formatRangeToParts @@toStringTag
Intl.PluralRules.prototype: constructor resolvedOptions select selectRange @@toStringTag
Intl.Segmenter.prototype: constructor resolvedOptions segment @@toStringTag
Iterator.prototype: @@iterator
AsyncIterator.prototype: @@asyncIterator
`;

/** Functions have these anyway, and nobody could take them away. */
const ofFunctions = new Set<PropertyKey>(['length', 'name', 'prototype']);

/** Ten times as often as it takes the engine to look at what is read. */
const readingsToNotice = 1_000;

/** What has no name of its own on the global object. */
function unnamed(): Record<string, object> {
  const prototypeOf = (value: object): object => Object.getPrototypeOf(value) as object;
  const asyncGenerator = prototypeOf(async function* () {
    // Nobody calls it.
  }) as { prototype: object };
  const TypedArray = prototypeOf(Uint8Array) as { prototype: object };
  return {
    TypedArray,
    'TypedArray.prototype': TypedArray.prototype,
    'Iterator.prototype': prototypeOf(prototypeOf([][Symbol.iterator]())),
    'AsyncIterator.prototype': prototypeOf(asyncGenerator.prototype),
  };
}

/**
 * Takes away what the table does not have, in the whole realm. Whoever does without the additions of an engine newer than
 * Node 20 notices nothing. Runs before anything that might take hold of them.
 */
export function narrowLanguage(): void {
  const objects = unnamed();
  const narrowed: object[] = [];
  for (const line of table.trim().split('\n')) {
    const [path = '', names = ''] = line.split(/: ?/);
    const holder = objects[path] ?? named(path);
    if (holder === undefined) continue;
    const staying = new Set<PropertyKey>(
      names.split(' ').map((name) => (name.startsWith('@@') ? symbolOf(name) : name)),
    );
    const leaving = Reflect.ownKeys(holder).filter((key) => !staying.has(key) && !ofFunctions.has(key));
    for (const key of leaving) Reflect.deleteProperty(holder, key);
    if (leaving.length > 0) narrowed.push(holder);
  }
  settle(narrowed);
}

/**
 * An object that something was deleted from is kept as a table by V8, and then each call of `Object.keys` or `Math.max` is looked
 * up in it: a tenth of a run's time. What others inherit from is kept for quick reading again, once that was seen to be worth it.
 */
function settle(holders: readonly object[]): unknown {
  const heirs = holders.map((holder) => Object.create(holder) as { readonly absent?: unknown });
  let seen: unknown;
  for (let round = 0; round < readingsToNotice; round += 1) for (const heir of heirs) seen = heir.absent;
  return seen;
}

function named(path: string): object | undefined {
  let at: unknown = globalThis;
  for (const name of path.split('.')) at = at === undefined ? undefined : Reflect.get(at as object, name);
  return at as object | undefined;
}

function symbolOf(name: string): symbol {
  return Reflect.get(Symbol, name.slice(2)) as symbol;
}
