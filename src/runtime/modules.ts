import type { Compiled, ImportRequest } from './compile';
import type { UserFunction } from './host';
import { nativeThen } from './promise-tracking';
import { resolveFile } from './resolve';
import type { Sources } from './sources';
import type { Turn } from './turn';

/** What one process has loaded, file by file: each process has its own copy of every module, as in reality. */
export interface ModuleSpace {
  readonly sources: Sources;
  /** A package or built-in module; undefined when there is none of this name. */
  package(name: string): unknown;
  /** Why a name that nobody knows cannot be imported, in words. */
  missing(specifier: string, from: string): Error;
  /** The process's globals: first the virtual global object, then the parameters of the wrapper. */
  readonly globals: readonly unknown[];
  readonly turn: Turn;
}

interface ModuleRecord {
  readonly file: string;
  /** Live view for importers: getters over the module's own variables. */
  readonly namespace: Record<string, unknown>;
  state: 'new' | 'evaluating' | 'done' | 'failed';
  /** Set while and after an asynchronous evaluation. */
  promise: Promise<unknown> | undefined;
  error: unknown;
}

interface CommonModule {
  exports: unknown;
  readonly filename: string;
  readonly id: string;
  loaded: boolean;
}

/**
 * Loads a process's files. ES modules are evaluated as the language says: dependencies first, in order; one that waits at
 * top level holds up only those that import it; bindings are live. CommonJS modules run when they are required.
 */
export class Modules {
  readonly #space: ModuleSpace;
  readonly #records = new Map<string, ModuleRecord>();
  readonly #common = new Map<string, CommonModule>();
  readonly #interop = new Map<unknown, Record<string, unknown>>();

  constructor(space: ModuleSpace) {
    this.#space = space;
  }

  /** Runs the main file. Returns a promise only when it has to wait. */
  main(file: string): Promise<unknown> | undefined {
    const compiled = this.#space.sources.compiled(file);
    if (compiled?.kind === 'esm') return this.#evaluate(this.#record(compiled), compiled);
    this.#require(file);
    return undefined;
  }

  /** Whether the process has loaded this file. */
  has(file: string): boolean {
    return this.#records.has(file) || this.#common.has(file);
  }

  /** A package that ships as source: its exports. */
  library(main: string): unknown {
    return this.#require(main);
  }

  #record(compiled: Compiled): ModuleRecord {
    let record = this.#records.get(compiled.file);
    if (record === undefined) {
      const namespace = Object.create(null) as Record<string, unknown>;
      record = { file: compiled.file, namespace, state: 'new', promise: undefined, error: undefined };
      this.#records.set(compiled.file, record);
    }
    return record;
  }

  #evaluate(record: ModuleRecord, compiled: Compiled & { kind: 'esm' }): Promise<unknown> | undefined {
    if (record.state === 'failed') throw record.error;
    if (record.state !== 'new') return record.state === 'done' ? undefined : record.promise;
    record.state = 'evaluating';
    const waits: Promise<unknown>[] = [];
    try {
      const namespaces = compiled.imports.map((request) => this.#import(request, compiled.file, waits));
      const run = (): unknown => this.#run(record, compiled, namespaces);
      if (waits.length > 0) record.promise = this.#chain(Promise.all(waits), run);
      else {
        const result = run();
        if (compiled.async) record.promise = result as Promise<unknown>;
      }
    } catch (error) {
      record.state = 'failed';
      record.error = error;
      throw error;
    }
    if (record.promise === undefined) record.state = 'done';
    else {
      record.promise = this.#chain(record.promise, () => {
        record.state = 'done';
        if (compiled.async) this.#space.turn.o--;
      });
    }
    return record.promise;
  }

  #run(
    record: ModuleRecord,
    compiled: Compiled & { kind: 'esm' },
    namespaces: readonly Record<string, unknown>[],
  ): unknown {
    const context = {
      i: namespaces,
      x: (getters: Record<string, () => unknown>, stars: readonly number[]): void => {
        publish(
          record.namespace,
          getters,
          stars.map((index) => namespaces[index] ?? {}),
        );
      },
      import: (specifier: unknown): Promise<unknown> => this.#dynamicImport(String(specifier), compiled.file),
      meta: { url: `file:///app/${compiled.file}`, filename: `/app/${compiled.file}`, dirname: dirname(compiled.file) },
    };
    this.#checkNames(compiled, namespaces);
    return (this.#space.sources.load(compiled)(...this.#space.globals) as UserFunction)(this.#space.turn, context);
  }

  #import(request: ImportRequest, from: string, waits: Promise<unknown>[]): Record<string, unknown> {
    const file = this.#resolve(request.specifier, from);
    const compiled = file === undefined ? undefined : this.#space.sources.compiled(file);
    if (compiled?.kind === 'esm') {
      const record = this.#record(compiled);
      const wait = this.#evaluate(record, compiled);
      if (wait) waits.push(wait);
      return record.namespace;
    }
    if (compiled !== undefined) return this.#namespaceOf(this.#require(compiled.file));
    return this.#namespaceOf(this.#packageOrThrow(request.specifier, from, request.line));
  }

  /** The runtime's own `then`, which no context is attached to; counted, so that nobody takes the run for idle meanwhile. */
  #chain(promise: Promise<unknown>, next: (value: unknown) => unknown): Promise<unknown> {
    const { turn } = this.#space;
    turn.o++;
    return nativeThen.call(
      promise,
      (value: unknown) => {
        turn.g();
        try {
          return next(value);
        } catch (error) {
          turn.noteRejection(error, turn.c);
          throw error;
        }
      },
      (error: unknown) => {
        turn.g();
        turn.noteRejection(error, turn.c);
        throw error;
      },
    );
  }

  #dynamicImport(specifier: string, from: string): Promise<unknown> {
    this.#space.turn.a++;
    return this.#chain(Promise.resolve(), () => {
      const waits: Promise<unknown>[] = [];
      const namespace = this.#import({ specifier, line: 0, names: [] }, from, waits);
      return waits.length > 0 ? this.#chain(Promise.all(waits), () => namespace) : namespace;
    });
  }

  /** A CommonJS module or a package seen from an ES module: `default` is its exports, its names can be imported too. */
  #namespaceOf(exports: unknown): Record<string, unknown> {
    let namespace = this.#interop.get(exports);
    if (namespace === undefined) {
      namespace = Object.create(null) as Record<string, unknown>;
      const getters: Record<string, () => unknown> = {};
      if ((typeof exports === 'object' || typeof exports === 'function') && exports !== null) {
        for (const name of Object.keys(exports)) getters[name] = () => (exports as Record<string, unknown>)[name];
      }
      const isModule = getters['__esModule'] !== undefined && getters['default'] !== undefined;
      if (!isModule) getters['default'] = () => exports;
      // Node finds this one by name, hidden as it is.
      if (Object.hasOwn(Object(exports) as object, '__esModule')) getters['__esModule'] ??= () => true;
      publish(namespace, getters, []);
      this.#interop.set(exports, namespace);
    }
    return namespace;
  }

  #require(file: string): unknown {
    const known = this.#common.get(file);
    if (known) return known.exports;
    const id = this.#common.size === 0 ? '.' : `/app/${file}`;
    const module: CommonModule = { exports: {}, filename: `/app/${file}`, id, loaded: false };
    const compiled = this.#space.sources.compiled(file);
    if (compiled === undefined) throw this.#space.missing(file, file);
    this.#common.set(file, module);
    try {
      this.#runCommon(compiled, module);
    } catch (error) {
      this.#common.delete(file);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #runCommon(compiled: Compiled, module: CommonModule): void {
    switch (compiled.kind) {
      case 'json':
        module.exports = JSON.parse(compiled.text) as unknown;
        return;
      case 'text':
        module.exports = compiled.text;
        return;
      case 'esm': {
        // As Node 22 does: an ES module that need not wait can be required.
        const record = this.#record(compiled);
        void this.#evaluate(record, compiled);
        module.exports = record.namespace;
        return;
      }
      case 'cjs': {
        const require = Object.assign((specifier: unknown) => this.#requireFrom(String(specifier), compiled.file), {
          main: module,
          cache: {},
          resolve: (specifier: string) => `/app/${this.#resolve(specifier, compiled.file) ?? specifier}`,
        });
        const context = { import: (specifier: unknown) => this.#dynamicImport(String(specifier), compiled.file) };
        const wrapper = this.#space.sources.load(compiled)(...this.#space.globals) as UserFunction;
        wrapper.call(
          module.exports,
          this.#space.turn,
          context,
          module.exports,
          require,
          module,
          module.filename,
          dirname(compiled.file),
        );
      }
    }
  }

  #requireFrom(specifier: string, from: string): unknown {
    const file = this.#resolve(specifier, from);
    return file === undefined ? this.#packageOrThrow(specifier, from) : this.#require(file);
  }

  /** `line` is that of a declaration, which no statement leads to. */
  #packageOrThrow(specifier: string, from: string, line?: number): unknown {
    const found = /^[./]/.test(specifier) ? undefined : this.#space.package(specifier);
    if (found !== undefined) return found;
    if (line !== undefined) this.#space.turn.p = this.#space.sources.position(from, line);
    throw this.#space.missing(specifier, from);
  }

  #checkNames(compiled: Compiled & { kind: 'esm' }, namespaces: readonly Record<string, unknown>[]): void {
    compiled.imports.forEach(({ names, specifier, line }, index) => {
      const missing = names.find((name) => name !== '*' && !offers(namespaces[index] ?? {}, name));
      if (missing === undefined) return;
      this.#space.turn.p = this.#space.sources.position(compiled.file, line);
      throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${missing}'`);
    });
  }

  #resolve(specifier: string, from: string): string | undefined {
    return resolveFile(specifier, from, (candidate) => this.#space.sources.compiled(candidate) !== undefined);
  }
}

/** Getters for importers, sorted by name as the language sorts a namespace's keys. */
function publish(
  namespace: Record<string, unknown>,
  getters: Record<string, () => unknown>,
  stars: readonly Record<string, unknown>[],
): void {
  const all = new Map<string, () => unknown>();
  for (const star of stars) {
    for (const name of Object.keys(star)) if (name !== 'default') all.set(name, () => star[name]);
  }
  for (const name of Object.keys(getters)) all.set(name, getters[name] as () => unknown);
  for (const [name, get] of [...all].sort(([one], [other]) => (one < other ? -1 : 1)))
    Object.defineProperty(namespace, name, { get, enumerable: true });
  Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(namespace);
}

/** In a cycle the other module may not have published anything yet; then nothing can be said. */
function offers(namespace: Record<string, unknown>, name: string): boolean {
  return name in namespace || Object.isExtensible(namespace);
}

function dirname(file: string): string {
  const slash = file.lastIndexOf('/');
  return slash < 0 ? '/app' : `/app/${file.slice(0, slash)}`;
}
