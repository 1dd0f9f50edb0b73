/** What Node writes to standard error when a process dies of an error. */
import { createInspector } from './inspect';
import { nodeVersion } from './process';
import { shownStack } from './stack';
import { isError } from './value-kind';

const { inspect } = createInspector({ stackOf: shownStack });

export interface Uncaught {
  /** Whether it came from a rejected promise that nobody handled. */
  readonly isRejection?: boolean;
}

/** How an unhandled reason is named inside the message: as text if it is a primitive, else by its class. */
function reasonText(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  if (typeof reason === 'symbol' || typeof reason !== 'object' || reason === null) return String(reason);
  const constructor: unknown = Reflect.get(reason, 'constructor');
  return `#<${typeof constructor === 'function' ? constructor.name : 'Object'}>`;
}

/**
 * The error that a rejection without an `Error` becomes; its stack has no frames but one, so that it prints as Node's,
 * without brackets.
 */
function rejectionError(reason: unknown): Error {
  const message =
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
    `promise which was not handled with .catch(). The promise rejected with the reason "${reasonText(reason)}".`;
  const error = Object.assign(new Error(message), { code: 'ERR_UNHANDLED_REJECTION' });
  Object.defineProperty(error, 'name', { value: 'UnhandledPromiseRejection', configurable: true, writable: true });
  const stack = `UnhandledPromiseRejection: ${message}\n    at throwUnhandledRejectionsMode (node:internal/process/promises:389:7)`;
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}

/** Ends with the version and a newline, as Node's text does; the source line that Node quotes first is left out. */
export function formatUncaught(thrown: unknown, { isRejection = false }: Uncaught = {}): string {
  const error = isRejection && !isError(thrown) ? rejectionError(thrown) : thrown;
  let text: string;
  if (isError(error)) {
    text = inspectSafely(error);
  } else {
    const isObject = (typeof error === 'object' && error !== null) || typeof error === 'function';
    const hint = '\n(Use `node --trace-uncaught ...` to show where the exception was thrown)';
    text = `${inspectSafely(error)}${isObject ? '' : hint}`;
  }
  return `${text}\n\nNode.js ${nodeVersion}\n`;
}

function inspectSafely(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return inspect(value);
  } catch {
    return isError(value) ? shownStack(value) : String(value);
  }
}
