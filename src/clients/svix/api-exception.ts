/** A refusal of the API: its status and its body. */
export class ApiException extends Error {
  readonly code: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>> = {};

  constructor(code: number, body: unknown) {
    super(`HTTP-Code: ${String(code)}\nBody: ${JSON.stringify(body)}`);
    this.code = code;
    this.body = body;
  }
}
Object.defineProperty(ApiException.prototype, 'name', { value: 'ApiException', configurable: true, writable: true });
