/**
 * The fragment of the page's address: what is opened, and how it is looked at, as in `#1.Ab-c&at=12480&view=sagas`.
 * What is opened is a link's text or the name of something in the gallery; this file does not care which.
 */
export interface Fragment {
  /** Empty when nothing is named. */
  readonly opened: string;
  readonly view: LinkView;
}

export interface LinkView {
  /** The playhead, in virtual milliseconds. */
  readonly atMs?: number;
  /** Which of the scenario's views is on show; of the gallery: the group at which it begins. */
  readonly name?: string;
  /** What the log and the console are filtered by: the text of a query. */
  readonly log?: string;
  readonly console?: string;
}

/** What a fragment names when the gallery itself is on show. */
export const galleryName = 'gallery';

/** Reads a fragment, with or without `#`. What is not understood is left out. */
export function parseFragment(fragment: string): Fragment {
  const [opened = '', ...params] = fragment.replace(/^#/, '').split('&');
  const given = new Map(params.map((param): [string, string] => cut(param)));
  const at = given.get('at') ?? '';
  const text = (param: string): string => given.get(param) ?? '';
  const [name, log, printed] = [text('view'), text('log'), text('console')];
  return {
    opened: decoded(opened),
    view: {
      ...(/^\d{1,12}(\.\d{1,6})?$/.test(at) && { atMs: Number(at) }),
      ...(name !== '' && { name }),
      ...(log !== '' && { log }),
      ...(printed !== '' && { console: printed }),
    },
  };
}

/** The fragment with its `#`; nothing opened and nothing on view give the empty text. */
export function formatFragment({ opened, view }: Fragment): string {
  const params = [
    view.atMs === undefined ? '' : `&at=${Number(view.atMs.toFixed(6))}`,
    param('view', view.name),
    param('log', view.log),
    param('console', view.console),
  ].join('');
  return opened === '' && params === '' ? '' : `#${encodeURIComponent(opened)}${params}`;
}

function param(name: string, value: string | undefined): string {
  return value === undefined ? '' : `&${name}=${encodeURIComponent(value)}`;
}

function cut(param: string): [string, string] {
  const at = param.indexOf('=');
  return at === -1 ? [param, ''] : [param.slice(0, at), decoded(param.slice(at + 1))];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
