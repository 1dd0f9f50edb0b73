/** A refusal of the sender's API: the status and the body with which the real one answers. */
export class ApiError extends Error {
  readonly code: number;
  readonly body: unknown;

  constructor(code: number, body: unknown) {
    super(String(code));
    this.code = code;
    this.body = body;
  }
}

/** No such application, endpoint or message. */
export function notFound(what: string): ApiError {
  return new ApiError(404, { code: 'not_found', detail: `${what} not found` });
}

/** The id that it should have is another one's already. */
export function conflict(what: string): ApiError {
  return new ApiError(409, { code: 'conflict', detail: what });
}

/** What was given cannot be: `path` leads to the field, as in `body.url`. */
export function invalid(path: string, message: string): ApiError {
  return new ApiError(422, { detail: [{ loc: path.split('.'), msg: message, type: 'value_error' }] });
}
