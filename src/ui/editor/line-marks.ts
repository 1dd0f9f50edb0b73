import type { LineMark, LineProblem } from './code-editor';
import { Range, type editor } from './monaco';

/** Of what is said below a line. */
const zonePx = 28;

/** What the run writes beside and under the code: counts, the selected line, problems with a strip below their line. */
export class LineMarks {
  readonly #editor: editor.IStandaloneCodeEditor;
  #decorations: editor.IEditorDecorationsCollection;
  #zones: string[] = [];
  #mark: LineMark | undefined;
  #problems: readonly LineProblem[] = [];
  #hitsKey = '';
  #heightPx: number;

  constructor(codeEditor: editor.IStandaloneCodeEditor) {
    this.#editor = codeEditor;
    this.#decorations = codeEditor.createDecorationsCollection();
    this.setHits(new Map(), String);
    this.#heightPx = codeEditor.getLayoutInfo().height;
    codeEditor.onDidScrollChange(() => this.#keepInSight());
    codeEditor.onDidLayoutChange(({ height }) => {
      this.#keepInSight();
      this.#keepCursorInSight(this.#heightPx);
      this.#heightPx = height;
    });
    this.#keepInSight();
  }

  /** The count stands between the line's number and its code: `19  5×`. */
  setHits(hits: ReadonlyMap<number, number>, format: (count: number) => string): void {
    const key = JSON.stringify([...hits]);
    if (key === this.#hitsKey) return;
    this.#hitsKey = key;
    const lineNumbers = (line: number): string => {
      const count = hits.get(line);
      return String(line).padStart(3) + (count === undefined ? '' : format(count)).padStart(5);
    };
    this.#editor.updateOptions({ lineNumbers, lineNumbersMinChars: 8 });
  }

  setMark(mark: LineMark | undefined): void {
    if (JSON.stringify(mark) === JSON.stringify(this.#mark)) return;
    this.#mark = mark;
    this.#decorate();
  }

  setProblems(problems: readonly LineProblem[]): void {
    if (JSON.stringify(problems) === JSON.stringify(this.#problems)) return;
    this.#problems = problems;
    this.#redraw();
  }

  /** Another document: everything is drawn anew. */
  show(problems: readonly LineProblem[]): void {
    this.#problems = problems;
    this.#redraw();
  }

  /** What is said below a line is read whole, however far the lines are pushed to the left. */
  #keepInSight(): void {
    const style = this.#editor.getDomNode()?.style;
    style?.setProperty('--code-left', `${String(this.#editor.getScrollLeft())}px`);
    style?.setProperty('--code-width', `${String(this.#editor.getLayoutInfo().contentWidth)}px`);
  }

  /**
   * The cursor's line and what is said below it stay in sight if the line was: what tells of a problem elsewhere takes room
   * from under the code, often from the very line that is being typed.
   */
  #keepCursorInSight(heightBeforePx: number): void {
    const line = this.#editor.getPosition()?.lineNumber ?? 1;
    const scrollTop = this.#editor.getScrollTop();
    const { height, horizontalScrollbarHeight } = this.#editor.getLayoutInfo();
    const wasInSight = this.#editor.getTopForLineNumber(line) < scrollTop + heightBeforePx;
    const below = this.#errors().some((problem) => problem.line === line) ? zonePx : 0;
    const bottom = this.#editor.getBottomForLineNumber(line) + below + horizontalScrollbarHeight;
    if (wasInSight && bottom > scrollTop + height) this.#editor.setScrollTop(bottom - height);
  }

  /** A warning is told by its underline alone. */
  #errors(): readonly LineProblem[] {
    return this.#problems.filter(({ severity }) => severity !== 'warning');
  }

  #redraw(): void {
    this.#decorate();
    this.#drawZones();
    this.#keepCursorInSight(this.#heightPx);
  }

  #decorate(): void {
    const model = this.#editor.getModel();
    if (model === null) return;
    const decorations: editor.IModelDeltaDecoration[] = this.#errors().map(problemDecoration);
    if (this.#mark !== undefined) decorations.push(markDecoration(this.#mark, model));
    this.#decorations.set(decorations);
  }

  #drawZones(): void {
    this.#editor.changeViewZones((accessor) => {
      for (const zone of this.#zones) accessor.removeZone(zone);
      this.#zones = this.#errors().map((problem) =>
        accessor.addZone({ afterLineNumber: problem.line, heightInPx: zonePx, domNode: problemStrip(problem) }),
      );
    });
  }
}

function wholeLine(line: number): Range {
  return new Range(line, 1, line, 1);
}

function problemDecoration(problem: LineProblem): editor.IModelDeltaDecoration {
  return {
    range: new Range(problem.line, Number.MAX_SAFE_INTEGER, problem.line, Number.MAX_SAFE_INTEGER),
    options: {
      isWholeLine: true,
      className: 'line-problem',
      marginClassName: 'line-problem-margin',
      showIfCollapsed: true,
    },
  };
}

function markDecoration(mark: LineMark, model: editor.ITextModel): editor.IModelDeltaDecoration {
  const line = Math.min(mark.line, model.getLineCount());
  const end = model.getLineMaxColumn(line);
  const after =
    mark.message === undefined
      ? null
      : { content: mark.message, inlineClassName: `line-badge line-badge-${mark.fate ?? 'flight'}` };
  return {
    range: after === null ? wholeLine(line) : new Range(line, end, line, end),
    options: {
      isWholeLine: true,
      className: 'line-selected',
      marginClassName: 'line-selected-margin',
      after,
      showIfCollapsed: true,
    },
  };
}

function problemStrip(problem: LineProblem): HTMLElement {
  const strip = document.createElement('div');
  strip.className = 'line-strip';
  // Monaco decides how its own element is displayed.
  const line = strip.appendChild(document.createElement('div'));
  line.append(cross());
  const text = document.createElement('span');
  text.textContent = problem.message;
  text.title = problem.message;
  line.append(text);
  return strip;
}

/** The failed shape; Monaco's zones are plain elements, no component reaches into them. */
function cross(): SVGElement {
  const svgNamespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svgNamespace, 'path');
  path.setAttribute('d', 'M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8');
  svg.append(path);
  return svg;
}
