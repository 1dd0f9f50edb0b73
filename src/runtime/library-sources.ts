/**
 * Packages that run in the playground as they are: their published files, instrumented like the user's own, so that
 * context and cause pass through them too. By path, as a scenario's files are.
 */
const files: Record<string, string> = {
  ...import.meta.glob('/node_modules/cockatiel/dist/*.js', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob('/node_modules/cockatiel/dist/{backoff,breaker,common,errors}/**/*.js', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob('/node_modules/standardwebhooks/dist/*.js', { query: '?raw', import: 'default', eager: true }),
  ...import.meta.glob('/node_modules/@stablelib/base64/lib/base64.js', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob('/node_modules/fast-sha256/sha256.js', { query: '?raw', import: 'default', eager: true }),
};

export const librarySources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files)
    .filter(([path]) => !path.endsWith('.test.js'))
    .map(([path, text]) => [path.replace(/^\//, ''), text]),
);

/** The main file of each package. */
export const libraryMains: Readonly<Record<string, string>> = {
  cockatiel: 'node_modules/cockatiel/dist/index.js',
  standardwebhooks: 'node_modules/standardwebhooks/dist/index.js',
  '@stablelib/base64': 'node_modules/@stablelib/base64/lib/base64.js',
  'fast-sha256': 'node_modules/fast-sha256/sha256.js',
};
