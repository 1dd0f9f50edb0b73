/** What Monaco declares no types for: the module of its worker for TypeScript. */
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  /** A text as the page has sent it. */
  interface MirrorModel {
    readonly version: number;
  }

  interface TextPart {
    readonly text: string;
    readonly kind: string;
  }

  /** What is said of a name, in pieces of Markdown. */
  export interface Documented {
    readonly documentation?: readonly TextPart[];
    readonly tags?: readonly { readonly name: string; readonly text?: readonly TextPart[] }[];
  }

  export class TypeScriptWorker {
    constructor(context: unknown, data: unknown);
    /** Anything that differs when the text of the file does. */
    getScriptVersion(fileName: string): string;
    _getModel(fileName: string): MirrorModel | null;
    getQuickInfoAtPosition(fileName: string, position: number): Promise<Documented | undefined>;
    getCompletionEntryDetails(fileName: string, position: number, entry: string): Promise<Documented | undefined>;
  }

  /** To be called with the first message, which is not passed on. */
  export function initialize(create: (context: unknown, data: unknown) => TypeScriptWorker): void;
}
