import type { Fate } from '../../projections/fate';

/** Colours and fate shapes for the two canvases. A canvas knows no CSS variables, so the tokens are read once a theme. */
const tokens = [
  '--bg-0',
  '--bg-1',
  '--bg-2',
  '--bg-3',
  '--bg-sel',
  '--line',
  '--line-2',
  '--line-3',
  '--ink-1',
  '--ink-2',
  '--ink-3',
  '--accent',
  '--accent-ink',
  '--flight',
  '--delivered',
  '--retried',
  '--failed',
  '--dead',
  '--replayed',
  '--comp',
  '--dropped',
] as const;
type Token = (typeof tokens)[number];

export type Ink = Readonly<Record<Token, string>> & { readonly mono: string; readonly ui: string };

function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  const colours = Object.fromEntries(tokens.map((token) => [token, read(token) || '#808080'])) as Record<Token, string>;
  return { ...colours, mono: read('--mono') || 'monospace', ui: read('--ui') || 'sans-serif' };
}

const known = new Map<string, Ink>();

/** The ink of a theme, read once: asking the browser makes it settle all styles of the page. */
export function inkOf(theme: string, element: Element): Ink {
  let ink = known.get(theme);
  if (ink === undefined) known.set(theme, (ink = readInk(element)));
  return ink;
}

export function fateInk(ink: Ink, fate: Fate): string {
  return ink[`--${fate}`];
}

interface Shape {
  readonly path: string;
  /** Stroke width in the 12 × 12 box; filled when absent. */
  readonly stroke?: number;
}

const shapes: Readonly<Record<Fate, Shape>> = {
  flight: { path: 'M1.6 6a4.4 4.4 0 1 0 8.8 0a4.4 4.4 0 1 0-8.8 0Z' },
  delivered: { path: 'M2.8 1.8h6.4a1 1 0 0 1 1 1v6.4a1 1 0 0 1-1 1H2.8a1 1 0 0 1-1-1V2.8a1 1 0 0 1 1-1Z' },
  retried: { path: 'M6 .9 11.4 10.6H.6Z' },
  failed: { path: 'M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8', stroke: 2.6 },
  dead: { path: 'M6 .2 11.8 6 6 11.8 .2 6Z' },
  replayed: { path: 'M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z', stroke: 2.2 },
  comp: { path: 'M9.4 1.2 4.2 6l5.2 4.8', stroke: 2.8 },
  dropped: { path: 'M.8 4.5h10.4v3H.8Z' },
};

const paths = new Map<Fate, Path2D>();

/** Draws a fate's shape with its centre at x, y. */
export function drawFate(
  context: CanvasRenderingContext2D,
  ink: Ink,
  fate: Fate,
  x: number,
  y: number,
  sizePx: number,
): void {
  const shape = shapes[fate];
  let path = paths.get(fate);
  if (path === undefined) paths.set(fate, (path = new Path2D(shape.path)));
  const scale = sizePx / 12;
  context.save();
  context.translate(x - sizePx / 2, y - sizePx / 2);
  context.scale(scale, scale);
  if (shape.stroke === undefined) {
    context.fillStyle = fateInk(ink, fate);
    context.fill(path);
  } else {
    context.strokeStyle = fateInk(ink, fate);
    context.lineWidth = shape.stroke;
    context.stroke(path);
  }
  context.restore();
}

/** Sizes the canvas for the screen's pixels and gives its context, scaled so that one unit is one CSS pixel. */
export function openCanvas(
  canvas: HTMLCanvasElement,
  widthPx: number,
  heightPx: number,
): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const width = Math.max(1, Math.round(widthPx * ratio));
  const height = Math.max(1, Math.round(heightPx * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, widthPx, heightPx);
  return context;
}

/** The hatch of what is broken, 45° and `gapPx` apart. */
export function hatchRect(
  context: CanvasRenderingContext2D,
  colour: string,
  box: { x: number; y: number; width: number; height: number },
  gapPx = 6,
): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  context.strokeStyle = colour;
  context.globalAlpha *= 0.45;
  context.lineWidth = 1;
  context.beginPath();
  const first = Math.floor((box.x - box.height) / gapPx) * gapPx;
  for (let x = first; x < box.x + box.width; x += gapPx) {
    context.moveTo(x, box.y + box.height);
    context.lineTo(x + box.height, box.y);
  }
  context.stroke();
  context.restore();
}
