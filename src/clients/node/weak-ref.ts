/**
 * `WeakRef` and `FinalizationRegistry` for user code. When garbage is collected differs from run to run; an engine may as
 * well collect nothing that is held weakly.
 */
export class HeldRef {
  readonly #target: WeakKey;

  constructor(target: WeakKey) {
    this.#target = target;
  }

  deref(): WeakKey {
    return this.#target;
  }
}

export class IdleRegistry {
  register(): void {
    return;
  }

  unregister(): boolean {
    return false;
  }
}

for (const [name, stand] of [
  ['WeakRef', HeldRef],
  ['FinalizationRegistry', IdleRegistry],
] as const) {
  Object.defineProperty(stand, 'name', { value: name });
  Object.defineProperty(stand.prototype, Symbol.toStringTag, { value: name, configurable: true });
}
