import type { CallSummary } from '../../projections/calls';
import type { Workbench } from '../workbench.svelte';

/** What came of a call, in a word: its status, the code of its failure, or how far it is. */
export function callOutcome({ state, status, code }: CallSummary, { t }: Workbench): string {
  if (state === 'failed') return code ?? '';
  return status === undefined ? t.inspector.call.state[state] : String(status);
}

/** Who called whom, and what came of it: two sentences. */
export function callSentences(call: CallSummary, nowMs: number, workbench: Workbench): readonly string[] {
  const { call: t } = workbench.t.inspector;
  const from = call.from ?? t.you;
  return [t.asked(from, call.to ?? call.host), standing(call, from, nowMs, workbench)];
}

function standing(call: CallSummary, from: string, nowMs: number, { t: words, format }: Workbench): string {
  const { call: t } = words.inspector;
  const to = call.to ?? call.host;
  const since = (fromMs: number, toMs = nowMs): string => format.duration(Math.max(0, toMs - fromMs));
  switch (call.state) {
    case 'on the way':
      return call.arrivesMs === undefined ? t.heldBack : t.onTheWay;
    case 'handling':
      return t.handling(to, since(call.receivedMs ?? nowMs));
    case 'answering':
      return t.answering(String(call.status));
    case 'answered':
      return t.answered(String(call.status), since(call.requestedMs, call.endedMs));
    case 'failed':
      return t.failed(words.log.httpFailure[call.code ?? ''] ?? call.code ?? '', since(call.requestedMs, call.endedMs));
    case 'interrupted':
      return t.interrupted(from, to);
    case 'abandoned':
      return t.abandoned(from);
  }
}

/** A stretch of a call's time. */
export interface CallStretch {
  readonly is: 'there' | 'handler' | 'back' | 'waited';
  readonly ms: number;
}

/** Where the time of a call went, as far as it has gone: on the link, at the handler, on the link back. */
export function callStretches(call: CallSummary, nowMs: number): readonly CallStretch[] {
  const { requestedMs, receivedMs, answeredMs, endedMs = nowMs } = call;
  const all: CallStretch[] =
    receivedMs === undefined
      ? [{ is: 'waited', ms: endedMs - requestedMs }]
      : [
          { is: 'there', ms: receivedMs - requestedMs },
          { is: 'handler', ms: (answeredMs ?? endedMs) - receivedMs },
          ...(answeredMs === undefined ? [] : [{ is: 'back', ms: endedMs - answeredMs } as const]),
        ];
  return all.map(({ is, ms }) => ({ is, ms: Math.max(0, ms) }));
}

/** Headers as rows; what is sent several times stands in one. */
export function headerRows(headers: readonly string[]): { readonly name: string; readonly value: string }[] {
  const rows = new Map<string, string>();
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name, value] = [headers[at] as string, headers[at + 1] as string];
    const known = rows.get(name);
    rows.set(name, known === undefined ? value : `${known}, ${value}`);
  }
  return [...rows].map(([name, value]) => ({ name, value }));
}

export function headerOf(headers: readonly string[], wanted: string): string | undefined {
  const at = headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === wanted);
  return at < 0 ? undefined : headers[at + 1];
}

/** A body as data when it is JSON, else as it stands. */
export function bodyData(body: string | undefined): { readonly data?: unknown; readonly text?: string } {
  if (body === undefined) return {};
  try {
    return { data: JSON.parse(body) as unknown };
  } catch {
    return { text: body };
  }
}
