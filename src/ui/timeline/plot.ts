import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { inkOf, type Ink } from '../stage/canvas-ink';
import { gridValues, placeLabels, valueRange, type ValueRange } from './chart-scale';
import type { ChartLine, ChartPicture } from './charts';
import { FateBatch } from './fate-batch';

/**
 * A chart under the lanes, drawn by uPlot. Its x values are the pixels of the lanes, so that folds, logarithms and the playhead
 * that runs through are the lanes' own. Fetched when the first chart is shown.
 */
export interface PlotOptions {
  readonly picture: ChartPicture;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly theme: string;
  /** A value on the grid, with its unit. */
  readonly valueText: (value: number) => string;
}

const padPx = 4;

export class Plot {
  readonly #host: HTMLElement;
  #options: PlotOptions;
  #plot: uPlot | undefined;
  #shape = '';
  #range: ValueRange = { least: 0, most: 1 };

  constructor(host: HTMLElement, options: PlotOptions) {
    this.#host = host;
    this.#options = options;
    this.update(options);
  }

  update(options: PlotOptions): void {
    const before = this.#options;
    this.#options = options;
    const { picture, widthPx, heightPx } = options;
    this.#range = valueRange(
      picture.lines.flatMap((line) => line.values),
      picture.kind === 'latency',
      picture.limit?.value,
    );
    const data = [picture.x, ...picture.lines.map((line) => line.values)] as uPlot.AlignedData;
    // Lines keep their looks; other lines are another plot.
    const shape = [picture.kind, ...picture.lines.map((line) => line.key)].join(' ');
    if (this.#plot === undefined || shape !== this.#shape) {
      this.destroy();
      this.#shape = shape;
      this.#plot = new uPlot(this.#build(), data, this.#host);
      return;
    }
    if (before.widthPx !== widthPx || before.heightPx !== heightPx)
      this.#plot.setSize({ width: Math.max(1, widthPx), height: Math.max(1, heightPx) });
    this.#plot.setData(data);
  }

  destroy(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  get #ink(): Ink {
    return inkOf(this.#options.theme, this.#host);
  }

  #build(): uPlot.Options {
    const { picture, widthPx, heightPx } = this.#options;
    const log = picture.kind === 'latency';
    return {
      width: Math.max(1, widthPx),
      height: Math.max(1, heightPx),
      padding: [padPx, 0, padPx, 0],
      cursor: { show: false },
      legend: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, range: () => [0, this.#options.widthPx] },
        // uPlot's names for the kinds of scale exist as types only: 3 is logarithmic.
        y: { ...(log ? { distr: 3, log: 10 } : {}), range: () => [this.#range.least, this.#range.most] },
      },
      series: [{}, ...picture.lines.map((line, index) => this.#series(line, index, picture.kind === 'depth'))],
      hooks: {
        drawClear: [(plot) => this.#drawGrid(plot)],
        draw: [(plot) => this.#drawLimit(plot), (plot) => this.#drawValues(plot), (plot) => this.#drawNames(plot)],
      },
    };
  }

  #series(line: ChartLine, index: number, stepped: boolean): uPlot.Series {
    const paths = stepped ? uPlot.paths.stepped?.({ align: 1 }) : undefined;
    return {
      scale: 'y',
      stroke: () => this.#ink[this.#options.picture.lines[index]?.ink ?? '--ink-1'],
      width: line.key === 'focus' || line.key === 'p50' ? 1.75 : 1.5,
      points: { show: false },
      ...(line.dash === undefined ? {} : { dash: [...line.dash] }),
      ...(paths === undefined ? {} : { paths }),
    };
  }

  /** Draws in CSS pixels, which uPlot's canvas does not count in. */
  #draw(plot: uPlot, draw: (context: CanvasRenderingContext2D) => void): void {
    const { ctx: context } = plot;
    context.save();
    context.scale(uPlot.pxRatio, uPlot.pxRatio);
    context.font = `11px ${this.#ink.ui}`;
    context.textBaseline = 'middle';
    draw(context);
    context.restore();
  }

  #drawGrid(plot: uPlot): void {
    const { picture, widthPx, heightPx } = this.#options;
    const ink = this.#ink;
    this.#draw(plot, (context) => {
      for (const value of gridValues(this.#range, picture.kind === 'latency', heightPx)) {
        const y = padPx + plot.valToPos(value, 'y');
        context.fillStyle = ink['--line'];
        context.fillRect(0, Math.round(y), widthPx, 1);
      }
    });
  }

  /** Over the lines, with an edge in the colour of the pane, so that they are read where one runs through. */
  #drawValues(plot: uPlot): void {
    const { picture, heightPx, valueText } = this.#options;
    const ink = this.#ink;
    this.#draw(plot, (context) => {
      // At the left, where the future's veil seldom lies.
      context.textAlign = 'left';
      context.lineJoin = 'round';
      context.lineWidth = 4;
      context.strokeStyle = ink['--bg-1'];
      context.fillStyle = ink['--ink-3'];
      for (const value of gridValues(this.#range, picture.kind === 'latency', heightPx)) {
        const y = Math.max(7, padPx + plot.valToPos(value, 'y') + 8);
        context.strokeText(valueText(value), 4, y);
        context.fillText(valueText(value), 4, y);
      }
    });
  }

  #drawLimit(plot: uPlot): void {
    const { picture, widthPx } = this.#options;
    const { limit } = picture;
    if (limit === undefined || limit.value > this.#range.most) return;
    const y = Math.round(padPx + plot.valToPos(limit.value, 'y')) + 0.5;
    this.#draw(plot, (context) => {
      context.strokeStyle = context.fillStyle = this.#ink['--failed'];
      context.setLineDash([4, 3]);
      context.beginPath();
      context.moveTo(0, y);
      context.lineTo(widthPx, y);
      context.stroke();
      context.textAlign = 'right';
      context.fillText(limit.label, widthPx - 4, y > 14 ? y - 7 : y + 8);
    });
  }

  #drawNames(plot: uPlot): void {
    const { picture, widthPx, heightPx } = this.#options;
    const ink = this.#ink;
    const y = (value: number | null): number | null => (value === null ? null : padPx + plot.valToPos(value, 'y'));
    this.#draw(plot, (context) => {
      const lines = picture.lines.map((line) => ({
        x: picture.x,
        y: line.values.map(y),
        widthPx: context.measureText(line.label).width,
      }));
      const shapes = new FateBatch(8);
      picture.lines.forEach((line, n) => {
        const { fate } = line;
        if (fate === undefined) return;
        // Where lines lie on one another their shapes take turns.
        for (const index of picture.marks) {
          const at = Math.min(picture.x.length - 1, index + n * 3);
          const height = lines[n]?.y[at];
          // Nothing is no news.
          if (height !== null && height !== undefined && line.values[at] !== 0)
            shapes.add(fate, picture.x[at] as number, height);
        }
      });
      shapes.paint(context, ink);
      context.textAlign = 'left';
      placeLabels(lines, { width: widthPx, height: heightPx }).forEach((box, n) => {
        const line = picture.lines[n];
        if (box === undefined || line === undefined) return;
        context.fillStyle = ink[line.ink];
        context.fillText(line.label, box.x, box.y + box.height / 2);
      });
    });
  }
}
