/** What is said below the screen in English only, by its pattern, and the same in another language. */
export type Sentences = readonly (readonly [RegExp, string])[];

/** Says in a language what has a sentence there, and as it is what has none. */
export function sayIn(sentences: Sentences): (message: string) => string {
  return (message) => {
    const said = sentences.find(([pattern]) => pattern.test(message));
    return said === undefined ? message : message.replace(...said);
  };
}
