/**
 * Event name patterns: words separated by dots; `*` stands for exactly one word, `#` for any number of words, none
 * included. The rule is that of AMQP topic exchanges, so that what is learnt here holds there.
 */
export function createMatcher(pattern: string): (eventName: string) => boolean {
  const words = pattern.split('.');
  if (!words.includes('*') && !words.includes('#')) return (eventName) => eventName === pattern;
  return (eventName) => matches(words, eventName.split('.'));
}

function matches(pattern: readonly string[], words: readonly string[]): boolean {
  // reachable[i]: whether the words read so far can be used up by the first i words of the pattern.
  let reachable = closeOver([true, ...pattern.map(() => false)], pattern);
  for (const word of words) {
    const next = [
      false,
      ...pattern.map((part, index) => reachable[index] === true && (part === '*' || (part !== '#' && part === word))),
    ];
    pattern.forEach((part, index) => {
      if (part === '#' && reachable[index] === true) next[index] = true;
    });
    reachable = closeOver(next, pattern);
  }
  return reachable[pattern.length] === true;
}

/** `#` may stand for nothing: what is reachable before it is reachable after it. */
function closeOver(reachable: boolean[], pattern: readonly string[]): boolean[] {
  pattern.forEach((part, index) => {
    if (part === '#' && reachable[index] === true) reachable[index + 1] = true;
  });
  return reachable;
}
