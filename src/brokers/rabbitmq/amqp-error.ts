/** What the broker answers a method with that it refuses: it ends the channel, or the connection. */
export class AmqpError extends Error {
  readonly scope: 'channel' | 'connection';
  readonly code: number;

  constructor(scope: 'channel' | 'connection', code: number, name: string, text: string) {
    super(`${name} - ${text}`);
    this.scope = scope;
    this.code = code;
  }
}

export const accessRefused = (text: string): AmqpError => new AmqpError('channel', 403, 'ACCESS_REFUSED', text);
export const notFound = (text: string): AmqpError => new AmqpError('channel', 404, 'NOT_FOUND', text);
export const resourceLocked = (text: string): AmqpError => new AmqpError('channel', 405, 'RESOURCE_LOCKED', text);
export const preconditionFailed = (text: string): AmqpError =>
  new AmqpError('channel', 406, 'PRECONDITION_FAILED', text);
export const commandInvalid = (text: string): AmqpError => new AmqpError('connection', 503, 'COMMAND_INVALID', text);
export const channelError = (text: string): AmqpError => new AmqpError('connection', 504, 'CHANNEL_ERROR', text);
export const notAllowed = (text: string): AmqpError => new AmqpError('connection', 530, 'NOT_ALLOWED', text);
export const notImplemented = (text: string): AmqpError => new AmqpError('connection', 540, 'NOT_IMPLEMENTED', text);
/** A feature that this version of the broker does not permit any more (rabbitmq.com/docs/deprecated-features). */
export const deprecated = (feature: string): AmqpError =>
  new AmqpError(
    'connection',
    541,
    'INTERNAL_ERROR',
    `Feature \`${feature}\` is deprecated.\nBy default, this feature is not permitted anymore.`,
  );

/** A thing as the broker's texts call it. */
export const named = (kind: 'queue' | 'exchange', name: string): string => `${kind} '${name}' in vhost '/'`;
