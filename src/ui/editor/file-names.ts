/** What a file of a scenario may be called: relative, `/` between folders, and a kind that the playground can run or read. */
export type FileNameProblem = 'empty' | 'taken' | 'kind' | 'characters' | 'long';

export const fileNameCharsMax = 80;

const kinds = /\.(?:[cm]?[jt]s|json)$/;
const part = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/;

/** `current`: the file's own name, which it may keep. */
export function fileNameProblem(
  name: string,
  taken: readonly string[],
  current: string | undefined,
): FileNameProblem | undefined {
  if (name.trim() === '') return 'empty';
  if (name.length > fileNameCharsMax) return 'long';
  if (!name.split('/').every((piece) => part.test(piece))) return 'characters';
  if (!kinds.test(name)) return 'kind';
  if (name !== current && taken.includes(name)) return 'taken';
  return undefined;
}

/** A name that is free: `listener.ts`, `listener-2.ts`, … */
export function freeFileName(taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? 'listener.ts' : `listener-${String(n)}.ts`;
    if (!taken.includes(name)) return name;
  }
}

export function fileKind(file: string): 'TypeScript' | 'JavaScript' | 'JSON' {
  if (file.endsWith('.json')) return 'JSON';
  return /\.[cm]?js$/.test(file) ? 'JavaScript' : 'TypeScript';
}
