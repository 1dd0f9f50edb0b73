/** Our own bug, never the user's: stops the run. The message names what was broken, so that seed and message reproduce it. */
export class AssertionFailure extends Error {
  override readonly name = 'AssertionFailure';
}

export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AssertionFailure(`Broken invariant: ${what}`);
}

/** Ends an exhaustive `switch`: a case that is not handled does not compile. */
export function unreachable(value: never): never {
  throw new AssertionFailure(`Unexpected case: ${JSON.stringify(value)}`);
}
