export interface StackFrame {
  readonly text: string;
  /** `email.ts:19`, when the frame lies in a file of the scenario. */
  readonly where: string | undefined;
}

/** One frame a line; the engine's `at ` and the parentheses around places are left out. */
export function stackFrames(stack: string): readonly StackFrame[] {
  return stack
    .split('\n')
    .map((line) => line.trim().replace(/^at /, ''))
    .filter((line) => line !== '')
    .map((text) => {
      const match = /([\w./#-]+\.(?:[cm]?[jt]s|json)):(\d+)(?::\d+)?\)?$/.exec(text);
      return { text, where: match ? `${match[1]!}:${match[2]!}` : undefined };
    });
}
