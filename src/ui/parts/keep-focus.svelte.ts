/**
 * Whoever works by the keyboard inside `host` goes on there: when what had the focus is gone after `changes` changed, the first
 * element there that matches `next` gets it. To be called while a component is set up.
 */
export function keepFocusIn(host: () => HTMLElement | undefined, changes: () => unknown, next: string): void {
  let hadFocus = false;
  $effect.pre(() => {
    changes();
    hadFocus = host()?.contains(document.activeElement) === true;
  });
  $effect(() => {
    changes();
    if (hadFocus && document.activeElement === document.body) host()?.querySelector<HTMLElement>(next)?.focus();
  });
}
