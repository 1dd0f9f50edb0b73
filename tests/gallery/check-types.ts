import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

const clients = `${root}src/clients/`;

/** Each client keeps its types beside it, in one file or several. */
const clientTypes = readdirSync(clients, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.d.ts'))
  .map((path) => [`/node_modules/${path}`, readFileSync(`${clients}${path}`, 'utf8')] as const);

const ambient: Readonly<Record<string, string>> = {
  ...Object.fromEntries(clientTypes),
  '/node_modules/@types/node/index.d.ts': readFileSync(`${root}src/ui/editor/types/node.d.ts.txt`, 'utf8'),
};

/** As the editor has them in `ui/editor/monaco.ts`. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  types: [],
  strict: true,
  esModuleInterop: true,
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
  skipLibCheck: true,
  noEmit: true,
};

/** The language's own library is the same for every scenario, and takes longest to read. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript finds in the files of a scenario, as `<file>:<line> <message>`. */
export function typeProblems(files: Readonly<Record<string, string>>): string[] {
  const host = ts.createCompilerHost(options);
  const own = (name: string) => ambient[name] ?? files[name.replace(/^\/app\//, '')];
  const parseReal = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) => {
    const text = own(name);
    if (text !== undefined) return ts.createSourceFile(name, text, language);
    if (!libraries.has(name)) libraries.set(name, parseReal(name, language));
    return libraries.get(name);
  };
  const readReal = host.readFile.bind(host);
  host.readFile = (name) => own(name) ?? readReal(name);
  host.fileExists = (name) => host.readFile(name) !== undefined;
  host.directoryExists = () => true;
  host.realpath = (name) => name;
  host.getCurrentDirectory = () => '/app';
  const sources = Object.keys(files).filter((name) => name.endsWith('.ts'));
  const names = [...sources.map((name) => `/app/${name}`), ...Object.keys(ambient)];
  return ts.getPreEmitDiagnostics(ts.createProgram(names, options, host)).map((problem) => {
    const line = problem.file?.getLineAndCharacterOfPosition(problem.start ?? 0).line ?? 0;
    const message = ts.flattenDiagnosticMessageText(problem.messageText, ' ');
    return `${problem.file?.fileName ?? ''}:${line + 1} ${message}`;
  });
}
