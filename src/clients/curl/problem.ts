/** What is wrong with a pasted command, and where: offsets into the text, end exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Things that real shells and real curl do and the playground does not. They are refused by name. */
export type NotSimulated =
  | 'shell-syntax'
  | 'command'
  | 'substitution'
  | 'redirection'
  | 'pipe'
  | 'option'
  | 'client-certificate'
  | 'proxy'
  | 'authentication'
  | 'protocol'
  | 'header-line-break'
  | 'standard-input'
  | 'file'
  | 'too-many-requests';

export type Problem = Place &
  (
    | /** The shell or curl fails with these words of its own, which it keeps to itself when it is told to be silent (`-s`). */
      {
        readonly type: 'failed';
        readonly by: 'shell' | 'curl';
        readonly text: string;
        readonly what?: 'unclosed-quote';
        readonly silent?: true;
      }
    /** curl warns, in lines of its own, and goes on. */
    | { readonly type: 'warned'; readonly lines: readonly string[]; readonly silent?: true }
    /** It would change what is sent, so nothing should be sent. `name` is as it was written. */
    | { readonly type: 'not-simulated'; readonly what: NotSimulated; readonly name: string }
    /** It changes what becomes of the answer, not what is sent. */
    | { readonly type: 'without-effect'; readonly what: NotSimulated; readonly name: string }
    /** A variable without a value stands for nothing. */
    | { readonly type: 'variable-unset'; readonly name: string }
    /** A line ends as for cmd.exe (`^`) or PowerShell (a backtick), which a POSIX shell reads otherwise. */
    | { readonly type: 'windows-line'; readonly mark: '^' | '`' }
    /** curl alone, which tells where to read about it: nobody who pastes that wants to know. */
    | { readonly type: 'bare' }
    /** The prompt was copied along with the command. */
    | { readonly type: 'prompt'; readonly mark: string }
    /** `-u name` without a password makes curl ask for one; here it is empty. */
    | { readonly type: 'password-missing' }
  );

/** Whether the command must not be carried out as it was understood. */
export const blocks = ({ type }: Problem): boolean =>
  type === 'failed' || type === 'not-simulated' || type === 'windows-line' || type === 'prompt' || type === 'bare';

/** The shell or curl gives up with these words; without any when they have been told already. */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, text: string) {
    super(text);
    this.exitCode = exitCode;
  }
}
