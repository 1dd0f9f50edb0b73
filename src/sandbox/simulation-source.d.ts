/** Text of the classic script that is the simulation's worker, bundled from `worker.ts`. */
declare module 'virtual:simulation-source' {
  const source: string;
  export default source;
}

/** The same for another entry, a path from the root of the project: `virtual:simulation-source/tests/…/raw-worker.ts`. */
declare module 'virtual:simulation-source/*' {
  const source: string;
  export default source;
}
