/**
 * Which promises somebody handles: by `then` in any of its forms, by `await`, or as what a listener returned. No engine
 * tells, and it has to be known of a promise that was printed, see `observe`.
 *
 * The mark is a private field, which classes can put on objects that they did not make: a `WeakSet` takes twenty times as
 * long, and every `await` passes here.
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- its constructor is the point: it returns what it is given
class Given {
  constructor(given: object) {
    return given;
  }
}

class Mark extends Given {
  readonly #handled = true;

  static isOn(promise: object): boolean {
    return #handled in promise && promise.#handled;
  }
}

export function markHandled(value: unknown): void {
  if (value instanceof Promise && !Mark.isOn(value) && Object.isExtensible(value)) new Mark(value);
}

export function isHandled(promise: Promise<unknown>): boolean {
  return Mark.isOn(promise);
}
