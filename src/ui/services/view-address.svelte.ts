import type { Player } from '../../player/player-face';
import { emptyQuery, formatQuery, isEmptyQuery, parseQuery } from '../../projections/log-query';
import { formatFragment, galleryName, parseFragment, type LinkView } from '../../scenario/fragment';
import type { Workbench } from '../workbench.svelte';

/**
 * Keeps in the address how the run is looked at: the view beside the workbench, and the filters of log and console, so that a
 * reload and a link show the same.
 *
 * Invariants
 * 1. All of it belongs to what is open: something else that is opened comes with the view and filters of its address, or none.
 * 2. What is changed by hand makes no step in the browser's history.
 */
export function keepViewInAddress(workbench: Workbench, player: Player): void {
  let opened = '';
  let hash = '';
  const read = (): void => {
    hash = location.hash;
    const { opened: now, view } = parseFragment(hash);
    // What is open waits behind the gallery.
    if (now === galleryName) return;
    opened = now;
    workbench.views.name = view.name;
    workbench.logQuery = parsed(view.log);
    workbench.consoleQuery = parsed(view.console);
    // Nothing else tells which of the two was looked at.
    if (view.console !== undefined && view.log === undefined) workbench.layout.logTab = 'console';
  };
  const write = (): void => {
    const wished = viewShown(workbench);
    const { opened: now, view } = parseFragment(location.hash);
    const isSame = view.name === wished.name && view.log === wished.log && view.console === wished.console;
    if (now !== opened || isSame) return;
    const at = view.atMs === undefined ? {} : { atMs: view.atMs };
    const fragment = formatFragment({ opened: now, view: { ...at, ...wished } });
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

/** How it is looked at, as a link carries it. */
export function viewShown({ views, logQuery, consoleQuery }: Workbench): Omit<LinkView, 'atMs'> {
  return {
    ...(views.name !== undefined && { name: views.name }),
    ...(!isEmptyQuery(logQuery) && { log: formatQuery(logQuery) }),
    ...(!isEmptyQuery(consoleQuery) && { console: formatQuery(consoleQuery) }),
  };
}

function parsed(text: string | undefined) {
  return text === undefined ? emptyQuery : parseQuery(text);
}
