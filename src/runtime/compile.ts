import { parse, parseExpressionAt, tokTypes, type Program, type Token } from 'acorn';
import { transform } from 'sucrase';
import { instrument } from './instrument';
import { isModuleSyntax } from './module-syntax';
import { syntaxWords } from './syntax-words';

/**
 * From the text of a file to a script that the runtime can load. Lines never move: what is on line 12 for the user is on
 * line 12 for the engine. Types are stripped, nothing else is translated away.
 *
 * `code` is the text as written, without its types.
 *
 * A file with `import`, `export` or top-level `await` is an ES module, any other one CommonJS, as Node detects it.
 */
export type Compiled =
  | {
      readonly kind: 'esm';
      readonly file: string;
      readonly script: string;
      readonly code: string;
      readonly imports: readonly ImportRequest[];
      readonly async: boolean;
    }
  | { readonly kind: 'cjs'; readonly file: string; readonly script: string; readonly code: string }
  | { readonly kind: 'json' | 'text'; readonly file: string; readonly text: string };

export interface ImportRequest {
  readonly specifier: string;
  readonly line: number;
  /** Names that must exist there. `default` and `*` need no check in a CommonJS module. */
  readonly names: readonly string[];
}

/** One that is code. */
export type CompiledScript = Extract<Compiled, { readonly kind: 'esm' | 'cjs' }>;

/** Why a file cannot be loaded, and where. `line` and `column` count from 1. */
export interface CompileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

type Place = Omit<CompileProblem, 'file'>;

export type CompileResult =
  | { readonly ok: true; readonly compiled: Compiled }
  | { readonly ok: false; readonly problem: CompileProblem };

/** `fileId` is the file's number within the run; positions in the code carry it. */
export function compileFile(file: string, fileId: number, source: string): CompileResult {
  const extension = /\.[^./]*$/.exec(file)?.[0] ?? '';
  if (extension === '.json') return compileJson(file, source);
  if (!/^\.[mc]?[jt]sx?$/.test(extension)) return { ok: true, compiled: { kind: 'text', file, text: source } };
  const stripped = /^\.[mc]?tsx?$/.test(extension) ? stripTypes(file, source) : { ok: true as const, code: source };
  if (!stripped.ok) return stripped;
  const parsed = parseSource(file, extension, stripped.code);
  if (!parsed.ok) return parsed;
  return {
    ok: true,
    compiled: instrument({ file, fileId, code: stripped.code, program: parsed.program, kind: parsed.kind }),
  };
}

function compileJson(file: string, source: string): CompileResult {
  try {
    JSON.parse(source);
    return { ok: true, compiled: { kind: 'json', file, text: source } };
  } catch (error) {
    return {
      ok: false,
      problem: { file, ...jsonPlace(source, error), message: `This is not JSON: ${messageOf(error)}` },
    };
  }
}

function jsonPlace(source: string, error: unknown): { line: number; column: number } {
  const offset = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? 0);
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function stripTypes(file: string, source: string): { ok: true; code: string } | { ok: false; problem: CompileProblem } {
  try {
    const { code } = transform(source, {
      transforms: ['typescript'],
      disableESTransforms: true,
      preserveDynamicImport: true,
    });
    return { ok: true, code };
  } catch (error) {
    // sucrase writes "Error transforming …: Unexpected token (3:5)", and counts both from 1.
    const text = messageOf(error);
    const place = /\((\d+):(\d+)\)\s*$/.exec(text);
    const message = text.replace(/^Error transforming [^:]*: /, '').replace(/\s*\(\d+:\d+\)\s*$/, '');
    const [line, column] = [Number(place?.[1] ?? 1), Number(place?.[2] ?? 1)];
    const problem = { line, column, message: syntaxWords(message, source, line, column) };
    return { ok: false, problem: { file, ...(inArrowFunction(source, problem) ?? problem) } };
  }
}

/**
 * What is wrong in the body of an arrow function sucrase may tell of its arrow. Then whoever reads JavaScript, and gets further without
 * meeting a type, knows better.
 */
function inArrowFunction(source: string, { line, message }: Place): Place | undefined {
  if (!message.startsWith('Unexpected "=>"')) return undefined;
  const parsed = tryParse(source, 'module');
  const problem = parsed.ok ? undefined : problemOf(parsed.error, source);
  return problem !== undefined && problem.line > line && !problem.message.startsWith('Unexpected ":"')
    ? problem
    : undefined;
}

type Parsed = { ok: true; program: Program; kind: 'esm' | 'cjs' } | { ok: false; problem: CompileProblem };

function parseSource(file: string, extension: string, code: string): Parsed {
  const asModule = tryParse(code, 'module');
  const forced = extension.startsWith('.m') ? 'esm' : extension.startsWith('.c') ? 'cjs' : undefined;
  if (asModule.ok && forced !== 'cjs' && (forced === 'esm' || isModuleSyntax(asModule.program)))
    return { ...asModule, kind: 'esm' };
  const asScript = tryParse(code, 'script');
  if (asScript.ok && forced !== 'esm') return { ...asScript, kind: 'cjs' };
  const looksLikeModule = forced === 'esm' || /^\s*(import|export)\b/m.test(code);
  const error = (looksLikeModule ? asModule : asScript) as { ok: false; error: unknown };
  return { ok: false, problem: { file, ...problemOf('error' in error ? error.error : undefined, code) } };
}

/** What Node 20 understands, import attributes among it, of which the standard came later. */
const ecmaVersion = 2025;
const ecmaVersionOfRegExps = 2024;

/** Groups that switch flags and names that are given twice came after Node 20. */
function checkRegExp(code: string, { type, start, end, loc }: Token): void {
  if (type !== tokTypes.regexp) return;
  try {
    parseExpressionAt(code.slice(start, end), 0, { ecmaVersion: ecmaVersionOfRegExps });
  } catch (error) {
    throw Object.assign(error as SyntaxError, { loc: loc?.start });
  }
}

function tryParse(
  code: string,
  sourceType: 'module' | 'script',
): { ok: true; program: Program } | { ok: false; error: unknown } {
  try {
    const program = parse(code, {
      ecmaVersion,
      sourceType,
      locations: true,
      ranges: true,
      allowHashBang: true,
      allowAwaitOutsideFunction: sourceType === 'module',
      allowReturnOutsideFunction: sourceType === 'script',
      onToken: (token) => {
        checkRegExp(code, token);
      },
    });
    return { ok: true, program };
  } catch (error) {
    return { ok: false, error };
  }
}

function problemOf(error: unknown, code: string): Place {
  const loc = (error as { loc?: { line: number; column: number } } | undefined)?.loc;
  const [line, column] = [loc?.line ?? 1, (loc?.column ?? 0) + 1];
  const message = messageOf(error).replace(/\s*\(\d+:\d+\)\s*$/, '');
  return { line, column, message: syntaxWords(message, code, line, column) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
