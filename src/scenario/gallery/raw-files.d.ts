/** What the bundler offers besides: the text of files in chunks of their own, loaded when they are asked for. */
interface ImportMeta {
  glob(
    pattern: string,
    options: { query: '?raw'; import: 'default'; eager?: false },
  ): Record<string, () => Promise<string>>;
}
