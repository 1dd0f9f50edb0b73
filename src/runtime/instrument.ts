import type { Program as AcornProgram } from 'acorn';
import { walk } from 'estree-walker';
import MagicString from 'magic-string';
import type { Node, Program } from 'estree';
import type { Compiled } from './compile';
import { Guards } from './guards';
import { hasTopLevelAwait } from './module-syntax';
import { rewriteModule, type ModulePlan } from './rewrite-module';
import { globalNames } from './global-names';
import { rewriteFreeNames } from './rewrite-free-names';

export interface Source {
  readonly file: string;
  readonly fileId: number;
  readonly code: string;
  readonly program: AcornProgram;
  readonly kind: 'esm' | 'cjs';
}

/** A node with its place: acorn gives every node offsets and lines. */
export type Placed = Node & {
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
};

/**
 * Inserts, without moving a line, what makes user code governable:
 * - `__e.p = position` before each statement, so that whatever it does knows its file and line;
 * - a count of turns in loop bodies and function entries, and of calls inside calls;
 * - the context (which message is being handled) saved when an async function begins and restored after each `await`;
 * - `**` through the virtual Math, imports and exports through the module registry, unknown names through the virtual
 *   global object.
 *
 * The result is a script whose value is `(globals…) => (runtime…) => …`; the outer parameters are the process's globals, so
 * that user code may declare a name of its own over any of them, as in Node.
 */
export function instrument(source: Source): Compiled {
  const text = new MagicString(source.code);
  const asyncModule = source.kind === 'esm' && hasTopLevelAwait(source.program);
  const plan: ModulePlan = source.kind === 'esm' ? rewriteModule(source, text) : { imports: [], prologue: '' };
  rewriteFreeNames(source, text);
  const guards = new Guards(source, text, asyncModule);
  walk(source.program as unknown as Program, {
    enter(node, parent, key) {
      guards.enter(node as Placed, parent as Placed | null, typeof key === 'symbol' ? undefined : (key ?? undefined));
    },
    leave(node, parent, key) {
      guards.leave(node as Placed, parent as Placed | null, typeof key === 'symbol' ? undefined : (key ?? undefined));
    },
  });
  const globals = globalNames.join(',');
  if (source.kind === 'cjs') {
    const head = `(function(__g,${globals}){return function(__e,__m,exports,require,module,__filename,__dirname){`;
    return {
      kind: 'cjs',
      file: source.file,
      code: source.code,
      script: `${head}${hideHashBang(text.toString())}\n}})`,
    };
  }
  const head = `(function(__g,${globals}){return ${asyncModule ? 'async ' : ''}function(__e,__m){'use strict';${asyncModule ? 'let __k=__e.k0();' : ''}${plan.prologue}`;
  return {
    kind: 'esm',
    file: source.file,
    code: source.code,
    script: `${head}${hideHashBang(text.toString())}\n}})`,
    imports: plan.imports,
    async: asyncModule,
  };
}

function hideHashBang(code: string): string {
  return code.startsWith('#!') ? `//${code}` : code;
}
