/** `node:util`. Follows Node 20, `lib/util.js` and `lib/internal/util.js` (MIT, copyright Node.js contributors). */
import { isDeepStrictEqual } from './deep-equal';
import { engine } from './engine';
import type { ProcessEnvironment } from './environment';
import type { AbortSignal } from './abort';
import type { Inspector } from './inspect';
import { stripControlCharacters } from './inspect-text';
import {
  invalidArgType,
  invalidArgValue,
  nodeError,
  requireBoolean,
  requireFunction,
  requireObject,
  requireString,
} from './node-error';
import { parseArgs } from './parse-args';
import { proxyDetails } from './proxy';
import { valueKinds } from './value-kind';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

export const promisifyCustom = Symbol.for('nodejs.util.promisify.custom');

function promisify(original: unknown): AnyFunction {
  requireFunction(original, 'original');
  const custom: unknown = Reflect.get(original, promisifyCustom);
  if (custom !== undefined) {
    requireFunction(custom, 'util.promisify.custom');
    return custom as AnyFunction;
  }
  const promisified: AnyFunction = function (...args) {
    return new Promise((resolve, reject) => {
      const settle = (error: unknown, value: unknown) => {
        if (!error) resolve(value);
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- it is what the user threw
        else reject(error);
      };
      Reflect.apply(original, this, [...args, settle]);
    });
  };
  Object.setPrototypeOf(promisified, Object.getPrototypeOf(original) as object);
  Object.defineProperty(promisified, promisifyCustom, { value: promisified, configurable: true });
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original));
}

function falsyRejection(reason: unknown): Error {
  const message = 'Promise was rejected with falsy value';
  return nodeError(Error, 'ERR_FALSY_VALUE_REJECTION', message, { reason });
}

function createCallbackify(environment: Pick<ProcessEnvironment, 'later' | 'bind'>) {
  return function callbackify(original: unknown): AnyFunction {
    requireFunction(original, 'original');
    const callbackified: AnyFunction = function (...args) {
      const callback = args.pop();
      requireFunction(callback, 'last argument');
      const call = (...results: unknown[]) => {
        environment.later(() => Reflect.apply(callback, this, results) as unknown);
      };
      const promise = Reflect.apply(original as AnyFunction, this, args) as Promise<unknown>;
      promise.then(
        (value) => {
          call(null, value);
        },
        (reason: unknown) => {
          call(reason || falsyRejection(reason));
        },
      );
    };
    const descriptors = Object.getOwnPropertyDescriptors(original) as unknown as Record<string, PropertyDescriptor>;
    if (typeof descriptors['length']?.value === 'number') descriptors['length'].value++;
    if (typeof descriptors['name']?.value === 'string') descriptors['name'].value += 'Callbackified';
    return Object.defineProperties(callbackified, descriptors);
  };
}

type AnyClass = { readonly prototype: object } & AnyFunction;

function inherits(constructor: AnyClass, superConstructor: AnyClass): void {
  requireFunction(constructor, 'ctor');
  requireFunction(superConstructor, 'superCtor');
  const parent: unknown = superConstructor.prototype;
  if (typeof parent !== 'object') throw invalidArgType('superCtor.prototype', 'Object', parent);
  Object.defineProperty(constructor, 'super_', { value: superConstructor, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, superConstructor.prototype);
}

export interface UtilServices {
  readonly environment: Pick<ProcessEnvironment, 'later' | 'bind' | 'env' | 'pid'>;
  readonly inspector: Inspector;
  /** `process.argv` as it is now. */
  argv(): readonly string[];
  emitWarning(message: string, name: string, code?: string): void;
  writeError(text: string): void;
}

function createDeprecate({ emitWarning }: UtilServices) {
  const warned = new Set<string>();
  return function deprecate(original: AnyFunction, message: string, code?: string): AnyFunction {
    let hasWarned = false;
    const deprecated: AnyFunction = function (...args) {
      if (!hasWarned) {
        hasWarned = true;
        if (code === undefined || !warned.has(code)) emitWarning(message, 'DeprecationWarning', code);
        if (code !== undefined) warned.add(code);
      }
      return (new.target as unknown) === undefined
        ? Reflect.apply(original, this, args)
        : Reflect.construct(original as unknown as new () => object, args, new.target);
    };
    Object.setPrototypeOf(deprecated, original);
    const { prototype } = original as { prototype?: unknown };
    if (prototype !== undefined) Object.defineProperty(deprecated, 'prototype', { value: prototype });
    return deprecated;
  };
}

function createDebuglog({ environment, inspector, writeError }: UtilServices) {
  const patterns = (environment.env['NODE_DEBUG'] ?? '').split(',').filter((part) => part !== '');
  const isOn = (section: string) =>
    patterns.some((part) =>
      new RegExp(`^${part.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replace(/\*/g, '.*')}$`, 'i').test(section),
    );
  return function debuglog(section: string) {
    const enabled = isOn(section);
    const log = (...args: unknown[]) => {
      if (enabled) writeError(`${section.toUpperCase()} ${environment.pid}: ${inspector.format(...args)}\n`);
    };
    return Object.defineProperty(log, 'enabled', { get: () => enabled });
  };
}

/** Standard output is no terminal here, so that one style alone changes nothing unless the stream is not asked. */
function createStyleText({ inspect }: Inspector) {
  const colours = inspect.colors;
  const codesOf = (format: unknown): readonly [number, number] => {
    const codes = typeof format === 'string' ? colours[format] : undefined;
    if (codes !== undefined) return codes;
    const names = Object.keys(colours).map((name) => `'${name}'`);
    throw invalidArgValue('format', inspect(format), `must be one of: ${names.join(', ')}`);
  };
  const escape = (code: number) => `\u001b[${code}m`;
  return function styleText(format: unknown, text: unknown, options: { readonly validateStream?: boolean } = {}) {
    const { validateStream = true } = options;
    requireString(text, 'text');
    requireBoolean(validateStream, 'options.validateStream');
    const formats: unknown[] = Array.isArray(format) ? format : [format];
    const codes = formats.map((each) => codesOf(each));
    if (validateStream && !Array.isArray(format)) return text;
    const before = codes.map(([start]) => escape(start)).join('');
    const after = codes.map(([, end]) => escape(end));
    return before + text + after.reverse().join('');
  };
}

function aborted(signal: AbortSignal, resource: unknown): Promise<void> {
  if (typeof signal !== 'object' || !('aborted' in signal)) {
    return Promise.reject(invalidArgType('signal', 'AbortSignal', signal));
  }
  requireObject(resource, 'resource');
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const oldTypeChecks = {
  isArray: Array.isArray,
  isDate: valueKinds.isDate,
  isRegExp: valueKinds.isRegExp,
  isError: valueKinds.isNativeError,
  isFunction: (value: unknown) => typeof value === 'function',
  isString: (value: unknown) => typeof value === 'string',
  isNumber: (value: unknown) => typeof value === 'number',
  isBoolean: (value: unknown) => typeof value === 'boolean',
  isObject: (value: unknown) => value !== null && typeof value === 'object',
  isNull: (value: unknown) => value === null,
  isUndefined: (value: unknown) => value === undefined,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isSymbol: (value: unknown) => typeof value === 'symbol',
  isPrimitive: (value: unknown) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
};

const isProxy = (value: unknown): boolean =>
  value !== null && (typeof value === 'object' || typeof value === 'function') && proxyDetails(value) !== undefined;

/** `util.types`. */
export const types = { ...valueKinds, isProxy };

export function createUtil(services: UtilServices) {
  const { inspect, format, formatWithOptions } = services.inspector;
  const debuglog = createDebuglog(services);
  return {
    ...oldTypeChecks,
    aborted,
    callbackify: createCallbackify(services.environment),
    debug: debuglog,
    debuglog,
    deprecate: createDeprecate(services),
    format,
    formatWithOptions,
    inherits,
    inspect,
    isDeepStrictEqual,
    parseArgs: (config?: unknown) => parseArgs(config, services.argv(), inspect),
    promisify: Object.assign(promisify, { custom: promisifyCustom }),
    styleText: createStyleText(services.inspector),
    stripVTControlCharacters(text: unknown) {
      requireString(text, 'str');
      return stripControlCharacters(text);
    },
    toUSVString: (text: unknown) => String(text).replace(/\p{Surrogate}/gu, '\ufffd'),
    TextDecoder: engine.TextDecoder,
    TextEncoder: engine.TextEncoder,
    types,
  };
}
