import { flatText } from '../kernel/flat-text';
import { compileFile, type Compiled, type CompiledScript, type CompileProblem } from './compile';
import type { Host, UserFunction } from './host';
import { linesMax } from './guards';
import { librarySources } from './library-sources';

/**
 * The scenario's files as they are now, compiled when they are first asked for. A version that does not compile never
 * replaces one that does.
 */
export class Sources {
  readonly #host: Host;
  readonly #texts = new Map<string, string>();
  readonly #compiled = new Map<string, Compiled | undefined>();
  readonly #loaded = new Map<CompiledScript, UserFunction>();
  readonly #ids = new Map<string, number>();
  readonly #namesById: string[] = [];
  readonly #places = new Map<number, string>();
  #lastPosition = 0;
  #lastPlace: string | undefined;
  readonly #onProblem: (problem: CompileProblem) => void;
  /** Names of the user's own files. */
  readonly names = new Set<string>();

  constructor(files: Readonly<Record<string, string>>, host: Host, onProblem: (problem: CompileProblem) => void) {
    this.#host = host;
    this.#onProblem = onProblem;
    for (const [file, text] of Object.entries(files)) {
      this.#texts.set(file, text);
      this.names.add(file);
      this.#idOf(file);
    }
  }

  /** Undefined when there is no such file, or it cannot be loaded. */
  compiled(file: string): Compiled | undefined {
    if (this.#compiled.has(file)) return this.#compiled.get(file);
    const text = this.#texts.get(file) ?? librarySources[file];
    if (text === undefined) return undefined;
    const result = compileFile(file, this.#idOf(file), text);
    this.#compiled.set(file, result.ok ? result.compiled : undefined);
    if (!result.ok) this.#onProblem(result.problem);
    return result.ok ? result.compiled : undefined;
  }

  /** `(globals…) => (runtime…) => …` of a compiled file. */
  load(compiled: CompiledScript): UserFunction {
    let loaded = this.#loaded.get(compiled);
    if (loaded === undefined) this.#loaded.set(compiled, (loaded = this.#host.load(compiled.script, compiled.file)));
    return loaded;
  }

  /** Puts a new text in place; when it does not compile nothing changes and the problem is returned. */
  replace(file: string, text: string): CompileProblem | undefined {
    const result = compileFile(file, this.#idOf(file), text);
    if (!result.ok) return result.problem;
    this.#texts.set(file, text);
    this.names.add(file);
    this.#compiled.set(file, result.compiled);
    return undefined;
  }

  has(file: string): boolean {
    return this.#texts.has(file);
  }

  /** What was loaded of a file, the newest text first. */
  scriptsOf(fileId: number): readonly CompiledScript[] {
    const file = this.#namesById[fileId];
    return [...this.#loaded.keys()].filter((compiled) => compiled.file === file).reverse();
  }

  /** A line of a file, as the code's own positions are counted. */
  position(file: string, line: number): number {
    return this.#idOf(file) * linesMax + line;
  }

  /** `email.ts:19` for a position; undefined for one in no file of the user's. */
  where(position: number): string | undefined {
    if (position === 0) return undefined;
    if (position === this.#lastPosition) return this.#lastPlace;
    let place = this.#places.get(position);
    if (place === undefined) {
      const file = this.#namesById[Math.floor(position / linesMax)];
      if (file === undefined || !this.names.has(file)) return undefined;
      this.#places.set(position, (place = flatText(file, ':', String(position % linesMax))));
    }
    this.#lastPosition = position;
    this.#lastPlace = place;
    return place;
  }

  /** The line of a user's file at a position, as it is now. */
  lineAt(position: number): string | undefined {
    const file = this.#namesById[Math.floor(position / linesMax)];
    if (file === undefined || !this.names.has(file)) return undefined;
    return this.#texts.get(file)?.split('\n')[(position % linesMax) - 1];
  }

  /** Ids begin at 1, so that position 0 means nowhere. */
  #idOf(file: string): number {
    let id = this.#ids.get(file);
    if (id === undefined) {
      id = this.#ids.size + 1;
      this.#ids.set(file, id);
      this.#namesById[id] = file;
    }
    return id;
  }
}
