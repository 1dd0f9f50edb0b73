import type { CloseFields } from '../../brokers/rabbitmq/protocol';

/** The errors of amqplib, with its texts. Follows amqplib 2.3 (MIT, copyright Michael Bridgen and contributors). */

/** Why nothing can be asked of a channel or a connection, and what brought that about. */
export interface Refusal {
  readonly message: string;
  readonly reason: string;
}

/** Thrown by whatever is asked of a channel or connection that is closing or closed. */
export class IllegalOperationError extends Error {
  readonly stackAtStateChange: string;

  constructor({ message, reason }: Refusal) {
    super(message);
    // Listed among its properties, as amqplib's is.
    Object.defineProperty(this, 'message', { value: message, enumerable: true, configurable: true, writable: true });
    this.stackAtStateChange = `Stack capture: ${reason}`;
  }
}
Object.defineProperty(IllegalOperationError.prototype, 'name', {
  value: 'IllegalOperationError',
  configurable: true,
  writable: true,
});

const codeNames: Readonly<Record<number, string>> = {
  200: 'REPLY-SUCCESS',
  311: 'CONTENT-TOO-LARGE',
  312: 'NO-ROUTE',
  313: 'NO-CONSUMERS',
  320: 'CONNECTION-FORCED',
  402: 'INVALID-PATH',
  403: 'ACCESS-REFUSED',
  404: 'NOT-FOUND',
  405: 'RESOURCE-LOCKED',
  406: 'PRECONDITION-FAILED',
  501: 'FRAME-ERROR',
  502: 'SYNTAX-ERROR',
  503: 'COMMAND-INVALID',
  504: 'CHANNEL-ERROR',
  505: 'UNEXPECTED-FRAME',
  506: 'RESOURCE-ERROR',
  530: 'NOT-ALLOWED',
  540: 'NOT-IMPLEMENTED',
  541: 'INTERNAL-ERROR',
};

/** `404 (NOT-FOUND) with message "…"` */
export function closeMessage({ replyCode, replyText }: CloseFields): string {
  return `${replyCode} (${codeNames[replyCode] ?? 'undefined'}) with message "${replyText}"`;
}

/** `queue.declare` as amqplib calls it: `QueueDeclare`. */
export function methodName(type: string): string {
  return type
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

export type AmqpClientError = Error & { code?: number; classId?: number; methodId?: number };

/** An error with the numbers that a close frame names. */
export function errorOf(message: string, { replyCode, classId, methodId }: CloseFields): AmqpClientError {
  return Object.assign(new Error(message), { code: replyCode, classId, methodId });
}
