/**
 * Which tabs there is room for. In order, and always the active one, which takes the last place when it would not fit.
 */
export function fittingTabs(widthsPx: readonly number[], active: number, roomPx: number): number[] {
  const total = widthsPx.reduce((sum, width) => sum + width, 0);
  if (total <= roomPx) return widthsPx.map((_, at) => at);
  const leftPx = roomPx - moreTabPx - (widthsPx[active] ?? 0);
  const fitting: number[] = [];
  let usedPx = 0;
  for (const [at, width] of widthsPx.entries()) {
    if (at === active) continue;
    usedPx += width;
    if (usedPx > leftPx) break;
    fitting.push(at);
  }
  return [...fitting, active].sort((a, b) => a - b).slice(0, widthsPx.length);
}

const moreTabPx = 36;
const paddingPx = 21;
const markPx = 14;
/** Of Inter at 12 px, a little above its average so that nothing is cut. */
const characterPx = 6.5;

export function tabWidthPx(name: string, marked: boolean): number {
  return Math.ceil(name.length * characterPx) + paddingPx + (marked ? markPx : 0);
}
