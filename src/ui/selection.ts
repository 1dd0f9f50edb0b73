/** The one thing that is marked in every pane at once. Nothing is selected in one pane only. */
export type Selection =
  /** `seq`: the entry that was clicked on. */
  | { readonly type: 'message'; readonly message: string; readonly seq?: number }
  /** An HTTP call, by the id of its request; `seq` as above. */
  | { readonly type: 'call'; readonly request: string; readonly seq?: number }
  | { readonly type: 'entry'; readonly seq: number }
  | { readonly type: 'process'; readonly process: string }
  /** The broker, or one part of it: a queue, an exchange, or a binding by its id in the log. */
  | {
      readonly type: 'broker';
      readonly broker: string;
      readonly queue?: string;
      readonly exchange?: string;
      readonly binding?: string;
    }
  | { readonly type: 'intervention'; readonly index: number }
  /** A fault of the scenario, by its place among them. */
  | { readonly type: 'fault'; readonly index: number }
  | undefined;

/** The id of the selected message or call. */
export function subjectIn(selection: Selection): string | undefined {
  if (selection?.type === 'message') return selection.message;
  return selection?.type === 'call' ? selection.request : undefined;
}

/** What selects a message or a call, by its id. */
export function selectionOfId(id: string, seq?: number): NonNullable<Selection> {
  const place = seq === undefined ? {} : { seq };
  return id.startsWith('r_') ? { type: 'call', request: id, ...place } : { type: 'message', message: id, ...place };
}

export function sameSelection(a: Selection, b: Selection): boolean {
  if (a === undefined || b === undefined) return a === b;
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  const [left, right] = [a, b] as unknown as [Record<string, unknown>, Record<string, unknown>];
  return [...fields].every((field) => left[field] === right[field]);
}

/** The whole broker, and no part of it. */
export function isWhole({ queue, exchange, binding }: Extract<Selection, { type: 'broker' }>): boolean {
  return queue === undefined && exchange === undefined && binding === undefined;
}

const stepsMax = 100;

/** Where the reader looked before: an immutable trail with a place on it, as in a browser's history. */
export interface Trail {
  readonly steps: readonly Selection[];
  readonly at: number;
}

export const emptyTrail: Trail = { steps: [undefined], at: 0 };

export function follow(trail: Trail, selection: Selection): Trail {
  if (sameSelection(trail.steps[trail.at], selection)) return trail;
  const steps = [...trail.steps.slice(0, trail.at + 1), selection].slice(-stepsMax);
  return { steps, at: steps.length - 1 };
}

export function walk(trail: Trail, by: 1 | -1): Trail {
  const at = trail.at + by;
  return at < 0 || at >= trail.steps.length ? trail : { ...trail, at };
}
