/** Where the nodes of one side stand: five columns at most, the parts below one another. Boxes are styles, edges are paths. */
export interface SidePlaces {
  readonly heightPx: number;
  /** Too narrow for a row: the client stands above the entry, and a part has its words below its name. */
  readonly isNarrow: boolean;
  readonly client: string;
  readonly entry: string;
  readonly hub: { readonly x: number; readonly y: number } | undefined;
  /** The request, and the way of its answer back; one line where there is no room for two. */
  readonly clientEdges: readonly string[];
  /** Where the words of both edges stand, and the mark of the answer; undefined where there is no room for them. */
  readonly clientWords: { readonly request: string; readonly mark: string; readonly answer: string } | undefined;
  readonly hubEdge: string | undefined;
  /** Before the parts; undefined where there are none, or no room for a column of their own. */
  readonly queueBoxes: readonly string[] | undefined;
  readonly queueEdges: readonly string[];
  readonly partBoxes: readonly string[];
  readonly partEdges: readonly string[];
  readonly marks: readonly string[];
}

const narrowBelowPx = 520;
const queuesFromPx = 680;
const padPx = 12;
const markPx = 16;
const hubPx = 30;

interface Asked {
  readonly widthPx: number;
  readonly parts: number;
  /** Of the side that has more parts: both are as high, so that what is below them stands in line. */
  readonly rows: number;
  readonly hasHub: boolean;
  readonly hasQueues: boolean;
}

interface Column {
  readonly x: number;
  readonly widthPx: number;
}

interface Columns {
  readonly client: Column;
  readonly entry: Column;
  readonly hubX: number | undefined;
  readonly queue: Column | undefined;
  readonly part: Column;
}

export function placeSide(asked: Asked): SidePlaces {
  const { widthPx, parts } = asked;
  const isNarrow = widthPx < narrowBelowPx;
  const [rowPx, partHeightPx, nodeHeightPx] = isNarrow ? [46, 40, 50] : [33, 26, 60];
  // Above the entry there is room for the client and the edge between both.
  const aboveEntryPx = isNarrow ? nodeHeightPx + 28 : 0;
  const heightPx = Math.max((isNarrow ? parts : asked.rows) * rowPx, 72 + aboveEntryPx) + padPx;
  const middle = heightPx / 2;
  const entryY = Math.max(middle, (padPx + nodeHeightPx) / 2 + aboveEntryPx);
  const clientY = entryY - aboveEntryPx;
  const { client, entry, hubX, queue, part } = isNarrow ? narrowColumns(asked) : wideColumns(asked);
  const hub = hubX === undefined ? undefined : { x: hubX, y: entryY };
  const fromX = hub === undefined ? entry.x + entry.widthPx : hub.x + hubPx / 2;
  const first = queue ?? part;
  const rows = Array.from({ length: parts }, (_, at) => middle + (at - (parts - 1) / 2) * rowPx);
  const node = ({ x, widthPx: width }: Column, y: number): string => box(x, y, width, nodeHeightPx);
  const boxes = ({ x, widthPx: width }: Column): string[] => rows.map((y) => box(x, y, width, partHeightPx));
  const queueEndX = queue && queue.x + queue.widthPx;
  const markX = queueEndX === undefined ? part.x + part.widthPx + 6 : (queueEndX + part.x) / 2 - 4.5;
  const halfway = (first.x - fromX) / 2;
  return {
    heightPx,
    isNarrow,
    client: node(client, clientY),
    entry: node(entry, entryY),
    hub,
    ...clientWay(
      isNarrow,
      { x: client.x + client.widthPx, y: clientY + nodeHeightPx / 2 },
      { x: entry.x, y: entryY, topY: entryY - nodeHeightPx / 2, middleX: client.x + client.widthPx / 2 },
    ),
    hubEdge: hub && `M${entry.x + entry.widthPx} ${entryY}H${hub.x - hubPx / 2}`,
    queueBoxes: queue && boxes(queue),
    queueEdges: queueEndX === undefined ? [] : rows.map((y) => `M${queueEndX} ${y}H${part.x}`),
    partBoxes: boxes(part),
    partEdges: rows.map(
      (y) => `M${fromX} ${entryY}C${fromX + halfway} ${entryY} ${first.x - halfway} ${y} ${first.x} ${y}`,
    ),
    marks: rows.map((y) => `left: ${markX}px; top: ${y - 4.5}px`),
  };
}

function wideColumns({ widthPx, hasHub, hasQueues }: Asked): Columns {
  const usable = widthPx - 2 * padPx;
  const withQueues = hasQueues && widthPx >= queuesFromPx;
  const gap = Math.min(70, usable * (withQueues ? 0.065 : 0.09));
  const clientGap = Math.max(gap, 56);
  const gaps = clientGap + gap + (hasHub ? gap + hubPx : 0) + (withQueues ? gap : markPx);
  const left = usable - gaps;
  const [ofClient, ofEntry, ofQueue] = withQueues ? [0.22, 0.27, 0.23] : [0.26, 0.3, 0];
  const client = { x: padPx, widthPx: Math.min(left * ofClient, 130) };
  const entry = { x: client.x + client.widthPx + clientGap, widthPx: Math.min(left * ofEntry, 170) };
  const entryEndX = entry.x + entry.widthPx;
  const hubX = hasHub ? entryEndX + gap + hubPx / 2 : undefined;
  const fromX = hubX === undefined ? entryEndX : hubX + hubPx / 2;
  const queue = withQueues ? { x: fromX + gap, widthPx: Math.min(left * ofQueue, 150) } : undefined;
  const partX = queue === undefined ? fromX + gap : queue.x + queue.widthPx + gap;
  const part = { x: partX, widthPx: Math.min(left * (1 - ofClient - ofEntry - ofQueue), 240) };
  return { client, entry, hubX, queue, part };
}

function narrowColumns({ widthPx, hasHub }: Asked): Columns {
  const gap = 16;
  const left = widthPx - 2 * padPx - markPx - gap - (hasHub ? hubPx + gap : 0);
  const client = { x: padPx, widthPx: Math.min(left * 0.46, 130) };
  const endX = padPx + client.widthPx;
  const hubX = hasHub ? endX + gap + hubPx / 2 : undefined;
  const partX = (hubX === undefined ? endX : hubX + hubPx / 2) + gap;
  return {
    client,
    entry: client,
    hubX,
    queue: undefined,
    part: { x: partX, widthPx: Math.min(left - client.widthPx, 240) },
  };
}

function clientWay(
  isNarrow: boolean,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number; readonly topY: number; readonly middleX: number },
): Pick<SidePlaces, 'clientEdges' | 'clientWords'> {
  if (isNarrow) return { clientEdges: [`M${to.middleX} ${from.y}V${to.topY}`], clientWords: undefined };
  const [thereY, backY] = [to.y - 8, to.y + 8];
  const middleX = (from.x + to.x) / 2;
  return {
    clientEdges: [`M${from.x} ${thereY}H${to.x}`, `M${to.x} ${backY}H${from.x}`],
    clientWords: {
      request: `left: ${middleX}px; top: ${thereY - 19}px`,
      mark: `left: ${middleX - 4.5}px; top: ${backY - 4.5}px`,
      answer: `left: ${middleX}px; top: ${backY + 5}px`,
    },
  };
}

function box(x: number, y: number, widthPx: number, heightPx: number): string {
  return `left: ${x}px; top: ${y - heightPx / 2}px; width: ${widthPx}px; height: ${heightPx}px`;
}
