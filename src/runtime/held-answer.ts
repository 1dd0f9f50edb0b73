import type { CallReceiver, RequestHead, ResponseHead, ServerCall } from '../clients/http/transport';
import { holdBack } from './create-message';
import { bodyText, joined } from './http-body';
import type { Life } from './life';

const nobody: CallReceiver = { data: () => undefined, ended: () => undefined, closed: () => undefined };

/** A request as a shadow has it: its answer reaches nobody, and the log tells of it once it is whole. */
export class HeldAnswer implements ServerCall {
  readonly head: RequestHead;
  readonly remoteAddress: string;
  readonly remotePort: number;
  receiver: CallReceiver = nobody;
  readonly #life: Life;
  readonly #request: string;
  readonly #pieces: Uint8Array[] = [];
  #answer: ResponseHead | undefined;

  constructor(
    life: Life,
    { head, remoteAddress, remotePort }: Pick<ServerCall, 'head' | 'remoteAddress' | 'remotePort'>,
    request: string,
  ) {
    this.#life = life;
    this.#request = request;
    this.head = head;
    this.remoteAddress = remoteAddress;
    this.remotePort = remotePort;
  }

  keepConnection(): () => void {
    return () => undefined;
  }

  inform(): void {
    // It reaches nobody, as the answer does not.
  }

  answer(head: ResponseHead, body?: Uint8Array): void {
    this.#answer = head;
    if (body === undefined) return;
    this.write(body);
    this.end();
  }

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }

  end(): void {
    const { status, statusText } = this.#answer ?? { status: 0, statusText: '' };
    const data = this.#pieces.length === 0 ? undefined : bodyText(joined(this.#pieces));
    holdBack(this.#life, {
      effect: 'answer',
      broker: this.#request,
      event: `${String(status)} ${statusText}`,
      ...(data !== undefined && { data }),
    });
  }

  reset(): void {
    // It has no connection of its own.
  }

  inShadow(): ServerCall {
    return new HeldAnswer(this.#life, this, this.#request);
  }
}
