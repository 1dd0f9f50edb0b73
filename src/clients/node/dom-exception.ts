/**
 * `DOMException`, an error with the name and the old numeric code that the standards give it.
 * Follows Node 20, `lib/internal/per_context/domexception.js` (MIT, copyright Node.js contributors).
 */
const codes: readonly (readonly [name: string, constant: string, code: number])[] = [
  ['IndexSizeError', 'INDEX_SIZE_ERR', 1],
  ['DOMStringSizeError', 'DOMSTRING_SIZE_ERR', 2],
  ['HierarchyRequestError', 'HIERARCHY_REQUEST_ERR', 3],
  ['WrongDocumentError', 'WRONG_DOCUMENT_ERR', 4],
  ['InvalidCharacterError', 'INVALID_CHARACTER_ERR', 5],
  ['NoDataAllowedError', 'NO_DATA_ALLOWED_ERR', 6],
  ['NoModificationAllowedError', 'NO_MODIFICATION_ALLOWED_ERR', 7],
  ['NotFoundError', 'NOT_FOUND_ERR', 8],
  ['NotSupportedError', 'NOT_SUPPORTED_ERR', 9],
  ['InUseAttributeError', 'INUSE_ATTRIBUTE_ERR', 10],
  ['InvalidStateError', 'INVALID_STATE_ERR', 11],
  ['SyntaxError', 'SYNTAX_ERR', 12],
  ['InvalidModificationError', 'INVALID_MODIFICATION_ERR', 13],
  ['NamespaceError', 'NAMESPACE_ERR', 14],
  ['InvalidAccessError', 'INVALID_ACCESS_ERR', 15],
  ['ValidationError', 'VALIDATION_ERR', 16],
  ['TypeMismatchError', 'TYPE_MISMATCH_ERR', 17],
  ['SecurityError', 'SECURITY_ERR', 18],
  ['NetworkError', 'NETWORK_ERR', 19],
  ['AbortError', 'ABORT_ERR', 20],
  ['URLMismatchError', 'URL_MISMATCH_ERR', 21],
  ['QuotaExceededError', 'QUOTA_EXCEEDED_ERR', 22],
  ['TimeoutError', 'TIMEOUT_ERR', 23],
  ['InvalidNodeTypeError', 'INVALID_NODE_TYPE_ERR', 24],
  ['DataCloneError', 'DATA_CLONE_ERR', 25],
];
const disused = new Set(['DOMStringSizeError', 'NoDataAllowedError', 'ValidationError']);
const codeByName = new Map(codes.filter(([name]) => !disused.has(name)).map(([name, , code]) => [name, code]));

class PlainDomException {
  readonly #name: string;
  readonly #message: string;
  // Shadows nothing: given by the engine where it records stacks.
  declare stack?: string;

  constructor(message: unknown = '', options: unknown = 'Error') {
    this.#message = String(message);
    if (typeof options === 'object' && options !== null) {
      this.#name = String(Reflect.get(options, 'name') ?? 'Error');
      if ('cause' in options) {
        Object.defineProperty(this, 'cause', {
          value: options.cause,
          configurable: true,
          writable: true,
          enumerable: false,
        });
      }
    } else {
      this.#name = String(options);
    }
    const frames = (new Error().stack ?? '').split('\n').slice(1).join('\n');
    const header = this.#message === '' ? this.#name : `${this.#name}: ${this.#message}`;
    const value = frames === '' ? header : `${header}\n${frames}`;
    Object.defineProperty(this, 'stack', { value, configurable: true, writable: true, enumerable: false });
  }

  get name(): string {
    return #name in this ? this.#name : 'Error';
  }

  get message(): string {
    return #message in this ? this.#message : '';
  }

  get code(): number {
    return codeByName.get(this.name) ?? 0;
  }
}

Object.setPrototypeOf(PlainDomException.prototype, Error.prototype);
Object.defineProperty(PlainDomException.prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
for (const key of ['name', 'message', 'code'])
  Object.defineProperty(PlainDomException.prototype, key, { enumerable: true });
for (const [, constant, code] of codes) {
  const descriptor = { value: code, enumerable: true };
  Object.defineProperty(PlainDomException, constant, descriptor);
  Object.defineProperty(PlainDomException.prototype, constant, descriptor);
}
Object.defineProperty(PlainDomException, 'name', { value: 'DOMException' });

/** Its prototype inherits from that of errors, which a class that extends `Error` could not do without being one itself. */
export const DOMException = PlainDomException as unknown as new (
  message?: unknown,
  options?: unknown,
) => Error & {
  readonly code: number;
};
