import type { Caller, ClientCall, RequestHead, ResponseHead } from '../clients/http/transport';
import { encodeText } from '../clients/node/encoding';
import { holdBack } from './create-message';
import { bodyText, joined } from './http-body';
import { ProcessRequester, type Requester } from './http-requester';
import type { Life } from './life';

/** Told to whoever sends a request that is held back: it was taken. */
const body = encodeText('{}', 'utf8');
const answer: ResponseHead = {
  status: 200,
  statusText: 'OK',
  headers: ['Content-Type', 'application/json', 'Content-Length', String(body.length), 'X-Effect-Held', 'true'],
};

/** A request of a process that is held back: the log tells of it once it is whole, and it is answered at the same instant. */
export class HeldCall implements ClientCall {
  readonly connects = true;
  readonly #life: Life;
  readonly #head: RequestHead;
  readonly #caller: Caller;
  readonly #requester: Requester;
  readonly #where: string | undefined;
  readonly #pieces: Uint8Array[] = [];
  #isOpen = true;

  constructor(life: Life, head: RequestHead, caller: Caller) {
    this.#life = life;
    this.#head = head;
    this.#caller = caller;
    this.#requester = new ProcessRequester(life.world, life);
    this.#where = life.world.where();
    this.#requester.retain();
    if (head.body === undefined) return;
    this.#pieces.push(head.body);
    this.end();
  }

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }

  end(): void {
    const { agenda } = this.#life.world;
    agenda.schedule(agenda.nowMs, () => {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      this.#requester.tell((call) => {
        call.#answerIt();
      }, this);
      this.#requester.release();
    });
  }

  abort(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#requester.release();
  }

  #answerIt(): void {
    const seq = this.#hold();
    this.#caller.answered(answer);
    this.#caller.data(body);
    this.#caller.ended(seq);
  }

  #hold(): number {
    const { method, hostname, port, path } = this.#head;
    const data = bodyText(joined(this.#pieces));
    const to = { broker: `${hostname}:${String(port)}`, event: `${method} ${path}` };
    return holdBack(this.#life, { effect: 'request', ...to, ...(data !== undefined && { data }) }, this.#where);
  }
}
