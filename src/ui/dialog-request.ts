import type { FaultChoice } from './faults/fault-draft';
import type { LinkProblem } from './services';

/** Which dialog is open. `publish` may come filled in, for example from a message in the inspector. */
export type DialogRequest =
  | { readonly type: 'publish'; readonly broker?: string; readonly event?: string; readonly data?: unknown }
  /** A dead letter to be edited and sent back. */
  | {
      readonly type: 'redrive';
      readonly broker: string;
      readonly queue: string;
      readonly message: string;
      readonly listener: string;
      readonly failure?: string;
    }
  /** What was published within a range of the timeline, to be replayed. */
  | { readonly type: 'replay'; readonly fromMs: number; readonly toMs: number }
  /** The composer of HTTP requests. `text`: the command to begin with, instead of what was there last. */
  | { readonly type: 'request'; readonly text?: string }
  /** Something is made to go wrong; what is given is filled in. */
  | {
      readonly type: 'fault';
      readonly choice?: FaultChoice;
      readonly process?: string;
      readonly broker?: string;
      readonly from?: string;
      readonly to?: string;
    }
  | { readonly type: 'share' }
  | { readonly type: 'runs' }
  | { readonly type: 'compare'; readonly a: string; readonly b: string }
  | { readonly type: 'save-as' }
  | { readonly type: 'help' }
  | { readonly type: 'import'; readonly file?: File }
  | { readonly type: 'bad-link'; readonly problem: LinkProblem };

/** Whether what is typed into it would happen to the run. */
export function actsOnRun({ type }: DialogRequest): boolean {
  return ['publish', 'redrive', 'replay', 'request', 'fault'].includes(type);
}
