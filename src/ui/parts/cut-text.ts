const wholes = 'button, a, label, [role="option"], [role="treeitem"], td, th';

/**
 * The text that has no room, where the pointer or the focus is: `at` itself, or what is cut in the row or the button around it.
 * `undefined`: all of it can be read.
 */
export function cutTextAt(at: Element): Element | undefined {
  if (isCut(at)) return at;
  const whole = at.closest(wholes);
  return whole === null ? undefined : [whole, ...whole.querySelectorAll('*')].find(isCut);
}

function isCut(element: Element): boolean {
  const isTooWide = element.scrollWidth > element.clientWidth;
  const isTooHigh = element.scrollHeight > element.clientHeight;
  if (!isTooWide && !isTooHigh) return false;
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  return webkitLineClamp === 'none' ? isTooWide && textOverflow === 'ellipsis' : isTooHigh;
}
