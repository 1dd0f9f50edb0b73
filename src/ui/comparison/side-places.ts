/** Where the nodes of one side stand: four columns at most, the parts below one another. Boxes are styles, edges are paths. */
export interface SidePlaces {
  readonly heightPx: number;
  readonly client: string;
  readonly entry: string;
  readonly hub: { readonly x: number; readonly y: number } | undefined;
  readonly clientEdge: string;
  readonly hubEdge: string | undefined;
  readonly partBoxes: readonly string[];
  readonly partEdges: readonly string[];
  readonly marks: readonly string[];
}

const rowPx = 33;
const partHeightPx = 26;
const nodeHeightPx = 44;
const padPx = 12;
const markPx = 16;

export function placeSide(of: {
  readonly widthPx: number;
  readonly parts: number;
  readonly hasHub: boolean;
}): SidePlaces {
  const { widthPx, parts, hasHub } = of;
  const isNarrow = widthPx < 520;
  const heightPx = Math.max(parts * rowPx, 60) + padPx;
  const middle = heightPx / 2;
  const usable = widthPx - 2 * padPx - markPx;
  const gap = isNarrow ? 14 : Math.min(70, usable * 0.09);
  const hubWidth = hasHub ? 30 + gap : 0;
  const left = usable - 2 * gap - hubWidth;
  const clientWidth = Math.min(left * (isNarrow ? 0.3 : 0.26), 130);
  const entryWidth = Math.min(left * (isNarrow ? 0.32 : 0.3), 160);
  const partWidth = Math.min(left - clientWidth - entryWidth, 240);
  const entryX = padPx + clientWidth + gap;
  const hub = hasHub ? { x: entryX + entryWidth + gap + 15, y: middle } : undefined;
  const fromX = hub === undefined ? entryX + entryWidth : hub.x + 15;
  const partX = fromX + gap;
  const rows = Array.from({ length: parts }, (_, at) => middle + (at - (parts - 1) / 2) * rowPx);
  const node = (x: number, width: number): string =>
    `left: ${x}px; top: ${middle - nodeHeightPx / 2}px; width: ${width}px; height: ${nodeHeightPx}px`;
  const line = (x: number, toX: number): string => `M${x} ${middle}H${toX}`;
  return {
    heightPx,
    client: node(padPx, clientWidth),
    entry: node(entryX, entryWidth),
    hub,
    clientEdge: line(padPx + clientWidth, entryX),
    hubEdge: hub && line(entryX + entryWidth, hub.x - 15),
    partBoxes: rows.map(
      (y) => `left: ${partX}px; top: ${y - partHeightPx / 2}px; width: ${partWidth}px; height: ${partHeightPx}px`,
    ),
    partEdges: rows.map(
      (y) => `M${fromX} ${middle}C${fromX + gap / 2} ${middle} ${partX - gap / 2} ${y} ${partX} ${y}`,
    ),
    marks: rows.map((y) => `left: ${partX + partWidth + 6}px; top: ${y - 4.5}px`),
  };
}
