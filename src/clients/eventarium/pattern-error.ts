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

// A build gives classes short names, and what users see is the same in each. On the prototype, as the language's own errors have it.
for (const [name, type] of Object.entries({ UniqueViolationError, StoreBusyError, ConcurrencyError })) {
  Object.defineProperty(type, 'name', { value: name });
  Object.defineProperty(type.prototype, 'name', { value: name, configurable: true, writable: true });
}
