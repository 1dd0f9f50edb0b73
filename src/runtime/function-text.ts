import { parse, type Node } from 'acorn';
import type { CompiledScript } from './compile';
import { endWithoutValue, linesMax } from './guards';

/**
 * The text of a function is what its author wrote, not what the compiler made of it: `String(fn)` and all that prints
 * functions ask the engine, whose answer is looked up here; of what stands in for a part of Node it tells as little as of
 * Node's own, whose texts differ from build to build. The intrinsic method is replaced once per realm; without a run
 * it does what it always did.
 */
export interface FunctionTexts {
  /** The author's text for the engine's; undefined when it is no function of a file of this run. */
  original(text: string): string | undefined;
}

const nativeToString = Function.prototype.toString;

let active: FunctionTexts | undefined;
let installed = false;

const { getPrototypeOf } = Object;
const asyncPrototype: unknown = getPrototypeOf(async () => {});

/** Whether it is an async function of a file of a run, and sets `Turn.f` when it comes to its end. */
export function tellsItsEnd(fn: (...args: never[]) => unknown): boolean {
  // What `bind` has made of it has its prototype, but no text.
  return getPrototypeOf(fn) === asyncPrototype && nativeToString.call(fn).endsWith(`${endWithoutValue}}`);
}

/** Makes the files of this run the ones whose functions are shown as they were written. */
export function activateFunctionTexts(texts: FunctionTexts): void {
  active = texts;
  if (installed) return;
  installed = true;
  const toString = {
    toString(this: unknown): string {
      const text = nativeToString.call(this as () => void);
      if (this === toString) return 'function toString() { [native code] }';
      if (active === undefined) return text;
      return (
        active.original(text) ??
        (/^class\b/.test(text) ? text : `function ${(this as { name: string }).name}() { [native code] }`)
      );
    },
  }.toString;
  Object.defineProperty(Function.prototype, 'toString', { value: toString, writable: true, configurable: true });
}

export function deactivateFunctionTexts(texts: FunctionTexts): void {
  if (active === texts) active = undefined;
}

/** Finds texts in the scripts of a run, each of which is read when one of its functions is first asked for. */
export function createFunctionTexts(scriptsOf: (fileId: number) => readonly CompiledScript[]): FunctionTexts {
  const known = new Map<CompiledScript, ReadonlyMap<string, string>>();
  const textsOf = (script: CompiledScript): ReadonlyMap<string, string> => {
    let texts = known.get(script);
    if (texts === undefined) known.set(script, (texts = pairTexts(script)));
    return texts;
  };
  return {
    original(text) {
      // A class without methods has no guard in it, and nothing inserted either.
      const position = /__e\.(?:t|k|p|v|r)(?:\(|=|\(__k,)(\d+)/.exec(text)?.[1];
      if (position === undefined) return undefined;
      for (const script of scriptsOf(Math.floor(Number(position) / linesMax))) {
        const original = textsOf(script).get(text);
        if (original !== undefined) return original;
      }
      return undefined;
    },
  };
}

/** The functions of the script and of the source are the same ones in the same order; the script has a few more in front. */
function pairTexts({ kind, script, code }: CompiledScript): ReadonlyMap<string, string> {
  const written = functionRanges(code, kind === 'esm' ? 'module' : 'script');
  const compiled = functionRanges(script, 'script');
  const extra = compiled.length - written.length;
  const texts = new Map<string, string>();
  for (const [index, [start, end]] of written.entries()) {
    const range = compiled[index + extra];
    if (range) texts.set(script.slice(...range), code.slice(start, end));
  }
  return texts;
}

/** Of every function, method and class, in the order in which they begin. */
function functionRanges(code: string, sourceType: 'module' | 'script'): (readonly [start: number, end: number])[] {
  const program = parse(code, {
    ecmaVersion: 'latest',
    sourceType,
    allowHashBang: true,
    allowAwaitOutsideFunction: sourceType === 'module',
    allowReturnOutsideFunction: true,
  });
  const ranges: (readonly [number, number])[] = [];
  const visit = (node: Node, owner: Node | undefined): void => {
    if (/Function|^Class(?:Declaration|Expression)$/.test(node.type)) {
      // The text of a method is that of its whole definition, without `static`.
      const { start, end } = owner ?? node;
      const isStatic = (owner as { static?: boolean } | undefined)?.static === true;
      ranges.push([isStatic ? start + (/^static\s*/.exec(code.slice(start, end))?.[0].length ?? 0) : start, end]);
    }
    const inner = isMethod(node) ? node : undefined;
    for (const [key, child] of Object.entries(node)) {
      for (const each of Array.isArray(child) ? (child as unknown[]) : [child]) {
        if (isNode(each)) visit(each, key === 'value' ? inner : undefined);
      }
    }
  };
  visit(program, undefined);
  return ranges;
}

function isMethod(node: Node): boolean {
  if (node.type === 'MethodDefinition') return true;
  const { method, kind } = node as { method?: boolean; kind?: string };
  return node.type === 'Property' && (method === true || kind === 'get' || kind === 'set');
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';
}
