/**
 * The message envelope: CloudEvents 1.0 attributes plus the correlation extension.
 *
 * Source of the rule: CloudEvents specification 1.0.2 (required: id, source, specversion, type) and its correlation
 * extension (`correlationid`, `causationid`). Attribute names are lower case because the specification asks for it.
 */
export interface Message {
  /** Unique within a run and deterministic: `m_1`, `m_2`, … in order of publication. */
  readonly id: string;
  /** Who published it: `/` and the name of the process, or `/you` for one published by hand. */
  readonly source: string;
  readonly specversion: '1.0';
  /** The event's name, for example `order.created`. */
  readonly type: string;
  /** ISO 8601 instant of publication in virtual time. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** The id shared by everything that one first message set in motion; the first message's own id. */
  readonly correlationid: string;
  /** Id of the message being handled when this one was published. Absent when nothing was. */
  readonly causationid?: string;
  /** The payload: plain JSON data, or absent. */
  readonly data?: unknown;
}
