/**
 * Whoever works by the keyboard inside `host` goes on there: when what had the focus is gone after `changes` changed, the first
 * element there that matches `next` gets it, now or, if there is none yet, with the next change. To be called while a component
 * is set up.
 */
export function keepFocusIn(host: () => HTMLElement | undefined, changes: () => unknown, next: string): void {
  let hadFocus = false;
  let isOwed = false;
  $effect.pre(() => {
    changes();
    hadFocus = isOwed || host()?.contains(document.activeElement) === true;
  });
  $effect(() => {
    changes();
    isOwed = hadFocus && document.activeElement === document.body;
    if (!isOwed) return;
    const heir = host()?.querySelector<HTMLElement>(next);
    heir?.focus();
    isOwed = !heir;
  });
}
