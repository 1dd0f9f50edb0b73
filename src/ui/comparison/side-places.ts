/** Where the nodes of one side stand: four columns at most, the parts below one another. Boxes are styles, edges are paths. */
export interface SidePlaces {
  readonly heightPx: number;
  /** Too narrow for a row: the client stands above the entry, and a part has its words below its name. */
  readonly isNarrow: boolean;
  readonly client: string;
  readonly entry: string;
  readonly hub: { readonly x: number; readonly y: number } | undefined;
  readonly clientEdge: string;
  readonly hubEdge: string | undefined;
  readonly partBoxes: readonly string[];
  readonly partEdges: readonly string[];
  readonly marks: readonly string[];
}

const narrowBelowPx = 520;
const nodeHeightPx = 44;
const padPx = 12;
const markPx = 16;
const hubPx = 30;

export function placeSide(of: {
  readonly widthPx: number;
  readonly parts: number;
  readonly hasHub: boolean;
}): SidePlaces {
  const { widthPx, parts, hasHub } = of;
  const isNarrow = widthPx < narrowBelowPx;
  const [rowPx, partHeightPx] = isNarrow ? [46, 40] : [33, 26];
  // Above the entry there is room for the client and the edge between both.
  const aboveEntryPx = isNarrow ? nodeHeightPx + 28 : 0;
  const heightPx = Math.max(parts * rowPx, 60 + aboveEntryPx) + padPx;
  const middle = heightPx / 2;
  const usable = widthPx - 2 * padPx - markPx;
  const gap = isNarrow ? 16 : Math.min(70, usable * 0.09);
  const hubWidth = hasHub ? hubPx + gap : 0;
  const left = usable - (isNarrow ? gap : 2 * gap) - hubWidth;
  const clientWidth = Math.min(left * (isNarrow ? 0.46 : 0.26), 130);
  const entryWidth = isNarrow ? clientWidth : Math.min(left * 0.3, 160);
  const partWidth = Math.min(left - entryWidth - (isNarrow ? 0 : clientWidth), 240);
  const entryX = isNarrow ? padPx : padPx + clientWidth + gap;
  const entryY = Math.max(middle, (padPx + nodeHeightPx) / 2 + aboveEntryPx);
  const clientY = entryY - aboveEntryPx;
  const hub = hasHub ? { x: entryX + entryWidth + gap + hubPx / 2, y: entryY } : undefined;
  const fromX = hub === undefined ? entryX + entryWidth : hub.x + hubPx / 2;
  const partX = fromX + gap;
  const rows = Array.from({ length: parts }, (_, at) => middle + (at - (parts - 1) / 2) * rowPx);
  const node = (x: number, y: number, width: number): string =>
    `left: ${x}px; top: ${y - nodeHeightPx / 2}px; width: ${width}px; height: ${nodeHeightPx}px`;
  return {
    heightPx,
    isNarrow,
    client: node(padPx, clientY, clientWidth),
    entry: node(entryX, entryY, entryWidth),
    hub,
    clientEdge: isNarrow
      ? `M${padPx + clientWidth / 2} ${clientY + nodeHeightPx / 2}V${entryY - nodeHeightPx / 2}`
      : `M${padPx + clientWidth} ${entryY}H${entryX}`,
    hubEdge: hub && `M${entryX + entryWidth} ${entryY}H${hub.x - hubPx / 2}`,
    partBoxes: rows.map(
      (y) => `left: ${partX}px; top: ${y - partHeightPx / 2}px; width: ${partWidth}px; height: ${partHeightPx}px`,
    ),
    partEdges: rows.map(
      (y) => `M${fromX} ${entryY}C${fromX + gap / 2} ${entryY} ${partX - gap / 2} ${y} ${partX} ${y}`,
    ),
    marks: rows.map((y) => `left: ${partX + partWidth + 6}px; top: ${y - 4.5}px`),
  };
}
