import type { Fate } from '../../projections/fate';
import { fateInk, type Ink } from '../stage/canvas-ink';

/** Traces a fate's shape of the 12 × 12 box around x, y; `s` is the size of a twelfth. */
type Trace = (context: CanvasRenderingContext2D, x: number, y: number, s: number) => void;

/** In twelfths. A thousand rectangles are filled one by one faster than as one path. */
type Shape =
  | { readonly rect: readonly [width: number, height: number] }
  /** Filled when there is no stroke. */
  | { readonly trace: Trace; readonly stroke?: number };

function polygon(points: readonly (readonly [number, number])[], closed = true): Trace {
  return (context, x, y, s) => {
    points.forEach(([dx, dy], n) => {
      if (n === 0) context.moveTo(x + dx * s, y + dy * s);
      else context.lineTo(x + dx * s, y + dy * s);
    });
    if (closed) context.closePath();
  };
}

function circle(radius: number): Trace {
  return (context, x, y, s) => {
    context.moveTo(x + radius * s, y);
    context.arc(x, y, radius * s, 0, 2 * Math.PI);
  };
}

const strokes = (...lines: readonly Trace[]): Trace => {
  return (context, x, y, s) => lines.forEach((trace) => trace(context, x, y, s));
};

const shapes: Readonly<Record<Fate, Shape>> = {
  flight: { trace: circle(4.4) },
  delivered: { rect: [8.4, 8.4] },
  retried: {
    trace: polygon([
      [0, -5.1],
      [5.4, 4.6],
      [-5.4, 4.6],
    ]),
  },
  failed: {
    trace: strokes(
      polygon([[-3.8, -3.8], [3.8, 3.8]], false), // prettier-ignore
      polygon([[3.8, -3.8], [-3.8, 3.8]], false), // prettier-ignore
    ),
    stroke: 2.6,
  },
  dead: {
    trace: polygon([
      [0, -5.8],
      [5.8, 0],
      [0, 5.8],
      [-5.8, 0],
    ]),
  },
  replayed: { trace: circle(4), stroke: 2.2 },
  comp: {
    trace: polygon(
      [
        [3.4, -4.8],
        [-1.8, 0],
        [3.4, 4.8],
      ],
      false,
    ),
    stroke: 2.8,
  },
  dropped: { rect: [10.4, 3] },
};

/** The common outcome lies below the news. */
const order: readonly Fate[] = ['delivered', 'replayed', 'flight', 'comp', 'dropped', 'retried', 'failed', 'dead'];

/** Many shapes at once: a path for each fate, since a path for each shape is what costs. */
export class FateBatch {
  readonly #places = new Map<Fate, number[]>();
  readonly #sizePx: number;
  #count = 0;

  constructor(sizePx: number) {
    this.#sizePx = sizePx;
  }

  get count(): number {
    return this.#count;
  }

  add(fate: Fate, x: number, y: number): void {
    let places = this.#places.get(fate);
    if (places === undefined) this.#places.set(fate, (places = []));
    places.push(x, y);
    this.#count += 1;
  }

  paint(context: CanvasRenderingContext2D, ink: Ink): void {
    const s = this.#sizePx / 12;
    for (const fate of order) {
      const places = this.#places.get(fate);
      if (places === undefined) continue;
      const shape = shapes[fate];
      if ('rect' in shape) {
        const [width, height] = [shape.rect[0] * s, shape.rect[1] * s];
        context.fillStyle = fateInk(ink, fate);
        for (let n = 0; n < places.length; n += 2)
          context.fillRect((places[n] as number) - width / 2, (places[n + 1] as number) - height / 2, width, height);
        continue;
      }
      const { trace, stroke } = shape;
      context.beginPath();
      for (let n = 0; n < places.length; n += 2) trace(context, places[n] as number, places[n + 1] as number, s);
      if (stroke === undefined) {
        context.fillStyle = fateInk(ink, fate);
        context.fill();
      } else {
        context.strokeStyle = fateInk(ink, fate);
        context.lineWidth = stroke * s;
        context.stroke();
      }
    }
  }
}
