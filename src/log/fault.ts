import { unreachable } from '../kernel/assert';

/** What is wrong with one line of a log, as data. The screen has its own words for each type; `describeFault` has the English ones. */
export type Fault =
  | { readonly type: 'not-json' }
  | { readonly type: 'not-an-object' }
  | { readonly type: 'no-type' }
  /** `name`: the type as it stands there, cut and in quotes; the kind of value when it is no text. */
  | { readonly type: 'unknown-type'; readonly name: string }
  | { readonly type: 'bad-field'; readonly field: string; readonly entry: string }
  | { readonly type: 'cause-not-earlier' }
  | { readonly type: 'seq-order'; readonly seq: number; readonly after: number }
  | { readonly type: 'time-order'; readonly fromMs: number; readonly toMs: number }
  /** Stands for this line and all that follow. */
  | { readonly type: 'and-more' };

/** The fault as an English sentence without a full stop. */
export function describeFault(fault: Fault): string {
  switch (fault.type) {
    case 'not-json':
      return 'it is not JSON';
    case 'not-an-object':
      return 'it is not an object';
    case 'no-type':
      return 'it is no entry of a log: it has no type';
    case 'unknown-type':
      return `type ${fault.name} is not in the log's vocabulary`;
    case 'bad-field':
      return `${fault.field} of "${fault.entry}" is missing or of the wrong kind`;
    case 'cause-not-earlier':
      return 'cause is not the seq of an earlier entry';
    case 'seq-order':
      return `seq ${fault.seq} comes after ${fault.after}`;
    case 'time-order':
      return `atMs goes back from ${fault.fromMs} to ${fault.toMs}`;
    case 'and-more':
      return 'this line and further ones are wrong too';
    default:
      return unreachable(fault);
  }
}
