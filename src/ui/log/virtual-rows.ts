/**
 * Which rows of a long list are in view, and where they stand: rows of one height, any number of them.
 *
 * Browsers cap the height of an element (Firefox at some 17 million pixels), so a list that would be taller is drawn on
 * a track of `trackPxMax`, and the scroll position then means a share of the list, not a pixel of it.
 */
export interface VirtualRowsInput {
  readonly rows: number;
  readonly rowPx: number;
  readonly viewportPx: number;
  readonly scrollPx: number;
  /** Rows drawn beyond each edge. */
  readonly overscan?: number;
}

export interface VirtualRows {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  /** Height of the scrolled content. */
  readonly trackPx: number;
  /** Where row `first` stands on the track. */
  readonly offsetPx: number;
}

export const trackPxMax = 8_000_000;
const defaultOverscan = 6;

export function virtualRows(input: VirtualRowsInput): VirtualRows {
  const { rows, rowPx, viewportPx, overscan = defaultOverscan } = input;
  const trackPx = Math.min(rows * rowPx, trackPxMax);
  const scrollPx = clamp(input.scrollPx, 0, Math.max(0, trackPx - viewportPx));
  const contentPx = toContentPx(scrollPx, input);
  const first = clamp(Math.floor(contentPx / rowPx) - overscan, 0, rows);
  const end = clamp(Math.ceil((contentPx + viewportPx) / rowPx) + overscan, first, rows);
  return { first, end, trackPx, offsetPx: scrollPx - (contentPx - first * rowPx) };
}

/** No more than that are ever drawn at once. */
export function rowsInSightMax(viewportPx: number, rowPx: number, overscan = defaultOverscan): number {
  return Math.ceil(viewportPx / rowPx) + 2 + 2 * overscan;
}

/** The scroll position that shows `row`, moving as little as possible; the present one when it is in view. */
export function scrollToRow(row: number, input: VirtualRowsInput): number {
  const { rowPx, viewportPx, scrollPx } = input;
  const contentPx = toContentPx(scrollPx, input);
  if (row * rowPx < contentPx) return toScrollPx(row * rowPx, input);
  const bottomPx = (row + 1) * rowPx - viewportPx;
  return bottomPx > contentPx ? toScrollPx(bottomPx, input) : scrollPx;
}

/** In the middle, for what the reader did not scroll to. */
export function scrollToMiddle(row: number, input: VirtualRowsInput): number {
  return toScrollPx((row + 0.5) * input.rowPx - input.viewportPx / 2, input);
}

/** Whether the last row is in view, or within a row of it. */
export function isAtEnd({ rows, rowPx, viewportPx, scrollPx }: VirtualRowsInput): boolean {
  return scrollPx + viewportPx >= Math.min(rows * rowPx, trackPxMax) - rowPx;
}

type Extent = Pick<VirtualRowsInput, 'rows' | 'rowPx' | 'viewportPx'>;

function ratio({ rows, rowPx, viewportPx }: Extent): number {
  const contentPx = rows * rowPx;
  return contentPx <= trackPxMax ? 1 : (contentPx - viewportPx) / (trackPxMax - viewportPx);
}

function toContentPx(scrollPx: number, extent: Extent): number {
  return scrollPx * ratio(extent);
}

function toScrollPx(contentPx: number, extent: Extent): number {
  const endPx = Math.max(0, extent.rows * extent.rowPx - extent.viewportPx);
  return clamp(contentPx, 0, endPx) / ratio(extent);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
