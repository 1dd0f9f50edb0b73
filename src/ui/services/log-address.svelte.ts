import type { Player } from '../../player/player-face';
import { emptyQuery, formatQuery, isEmptyQuery, parseQuery } from '../../projections/log-query';
import { formatFragment, galleryName, parseFragment } from '../../scenario/fragment';
import type { Workbench } from '../workbench.svelte';

/**
 * Keeps the filters of log and console in the address, so that a reload and a link show the same rows.
 *
 * Invariants
 * 1. A filter belongs to what is open: something else that is opened comes with the filter of its address, or none.
 * 2. A filter that is changed by hand makes no step in the browser's history.
 */
export function keepLogFilterInAddress(workbench: Workbench, player: Player): void {
  let opened = '';
  let hash = '';
  const read = (): void => {
    hash = location.hash;
    const { opened: now, view } = parseFragment(hash);
    // What is open waits behind the gallery.
    if (now === galleryName) return;
    opened = now;
    workbench.logQuery = parsed(view.log);
    workbench.consoleQuery = parsed(view.console);
    // Nothing else tells which of the two was looked at.
    if (view.console !== undefined && view.log === undefined) workbench.layout.logTab = 'console';
  };
  const write = (): void => {
    const wished = logView(workbench);
    const { opened: now, view } = parseFragment(location.hash);
    if (now !== opened || (view.log === wished.log && view.console === wished.console)) return;
    const { log: _log, console: _console, ...rest } = view;
    const fragment = formatFragment({ opened: now, view: { ...rest, ...wished } });
    history.replaceState(history.state, '', location.pathname + location.search + fragment);
    hash = location.hash;
  };
  // Whatever opened something has put its name into the address by now, or will with its next change.
  const follow = (): void => {
    if (location.hash === hash) return;
    if (parseFragment(location.hash).opened === opened) write();
    else read();
  };
  read();
  addEventListener('hashchange', read);
  player.onChange(follow);
  $effect.root(() => {
    $effect(write);
  });
}

/** The filters as a link carries them. */
export function logView({ logQuery, consoleQuery }: Workbench): { readonly log?: string; readonly console?: string } {
  return {
    ...(!isEmptyQuery(logQuery) && { log: formatQuery(logQuery) }),
    ...(!isEmptyQuery(consoleQuery) && { console: formatQuery(consoleQuery) }),
  };
}

function parsed(text: string | undefined) {
  return text === undefined ? emptyQuery : parseQuery(text);
}
