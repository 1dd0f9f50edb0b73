/** Errors of the patterns that user code is meant to tell apart: by class, or by `name`. */

/** A row with this key is there already. */
export class UniqueViolationError extends Error {}

/** Another transaction has the store to itself. */
export class StoreBusyError extends Error {}

/** Somebody else has appended to the stream since it was read. */
export class ConcurrencyError extends Error {
  readonly stream: string;
  readonly expectedVersion: number;
  readonly actualVersion: number;

  constructor(message: string, at: { stream: string; expectedVersion: number; actualVersion: number }) {
    super(message);
    this.stream = at.stream;
    this.expectedVersion = at.expectedVersion;
    this.actualVersion = at.actualVersion;
  }
}

/** The error with the user's file and line as its stack: it is made when the answer comes, and no code of the user is under way then. */
export function askedAt<E extends Error>(where: string | undefined, error: E): E {
  if (where !== undefined) error.stack = `${error.name}: ${error.message}\n    at ${where}`;
  return error;
}

// A build gives classes short names, and what users see is the same in each. On the prototype, as the language's own errors have it.
for (const [name, type] of Object.entries({ UniqueViolationError, StoreBusyError, ConcurrencyError })) {
  Object.defineProperty(type, 'name', { value: name });
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
}
