/** Of a class made of it, fields are put on the object given. */
// oxlint-disable-next-line typescript/no-extraneous-class -- what it returns is the point
class Itself {
  constructor(object: object) {
    return object;
  }
}

/**
 * What stands behind an object that users hold, where they do not see it. The object's class is made per process, since `EventEmitter`
 * is, and a private field of it would be another one in each, which engines look up slowly; this one is the same for all.
 */
class Behind extends Itself {
  #core: unknown;

  constructor(object: object, core: unknown) {
    super(object);
    this.#core = core;
  }

  static of(object: object): unknown {
    return (object as Behind).#core;
  }
}

/** Once for each object. */
export function putBehind(object: object, core: unknown): void {
  new Behind(object, core);
}

/** What was put there; throws a TypeError for an object with nothing behind it. */
export function behind(object: object): unknown {
  return Behind.of(object);
}
