import { statusTexts } from '../http/http-names';

/** What package `http-errors` makes of a status; its own errors have it from their class, and a message that is listed with their fields. */
class HttpError extends Error {}

type ErrorClass = new (message: string) => HttpError;
const classes = new Map<number, ErrorClass>();

/** `PayloadTooLargeError` of 413. */
function classOf(status: number): ErrorClass {
  const known = classes.get(status);
  if (known !== undefined) return known;
  const words = (statusTexts[status] ?? '').replace(/[^ \w-]/g, '').split(/[ -]/);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('') + 'Error';
  const Class = class extends HttpError {
    constructor(message: string) {
      super(message);
      Object.defineProperty(this, 'message', { enumerable: true });
      Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
    }
  };
  Object.defineProperty(Class, 'name', { value: name });
  Object.assign(Class.prototype, { status, statusCode: status, expose: status < 500 });
  classes.set(status, Class);
  return Class;
}

/** An error with the status that the answer gets. One that is given keeps its own status, when it has one. */
export function httpError(status: number, base: unknown, details: object): Error {
  if (!(base instanceof Error)) return Object.assign(new (classOf(status))(''.concat(base as string)), details);
  const own = base as Error & { status?: unknown; statusCode?: unknown };
  const given = own.status || own.statusCode || status;
  const code = typeof given === 'number' && (statusTexts[given] !== undefined || given >= 400) ? given : 500;
  if (!(base instanceof HttpError) || own.status !== code)
    Object.assign(base, { expose: code < 500, statusCode: code, status: code });
  return Object.assign(base, details);
}
