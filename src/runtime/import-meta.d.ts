/** The one thing that the bundler offers the pure folders: the text of files as part of the bundle. */
interface ImportMeta {
  glob(pattern: string | string[], options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>;
}
