/** What Monaco declares no types for: the module of its worker for TypeScript. */
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  /** A text as the page has sent it. */
  interface MirrorModel {
    readonly version: number;
  }

  export class TypeScriptWorker {
    constructor(context: unknown, data: unknown);
    /** Anything that differs when the text of the file does. */
    getScriptVersion(fileName: string): string;
    _getModel(fileName: string): MirrorModel | null;
  }

  /** To be called with the first message, which is not passed on. */
  export function initialize(create: (context: unknown, data: unknown) => TypeScriptWorker): void;
}
