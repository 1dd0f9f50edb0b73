import type { Documented } from 'monaco-editor/languages/features/typescript/ts.worker';

/**
 * Examples as part of what is said. Monaco would put each behind a dash into one line of text, where the fence around the code
 * is no fence, and its `ts` a word.
 */
export function withExamplesInText<T extends Documented | undefined>(info: T): T {
  const examples = info?.tags?.filter(({ name }) => name === 'example') ?? [];
  if (info === undefined || examples.length === 0) return info;
  const said = examples.map(({ text = [] }) => ({
    kind: 'text',
    text: `\n\n${text.map((part) => part.text).join('')}`,
  }));
  return {
    ...info,
    documentation: [...(info.documentation ?? []), ...said],
    tags: info.tags?.filter((tag) => !examples.includes(tag)),
  };
}
