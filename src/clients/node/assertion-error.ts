/**
 * `assert.AssertionError` and the difference that it shows.
 * Follows Node 20, `lib/internal/assert/assertion_error.js` (MIT, copyright Node.js contributors).
 */
import { createInspector } from './inspect';
import { customInspectSymbol } from './inspect-context';
import type { Inspect } from './inspect-context';
import { requireObject, textOf } from './node-error';

export interface AssertionOptions {
  readonly actual?: unknown;
  readonly expected?: unknown;
  readonly operator?: string;
  readonly message?: unknown;
}

const operators: Record<string, string> = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const shortLengthMax = 12;
const linesMax = 50;

const { inspect } = createInspector();

const show = (value: unknown): string =>
  inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Lines alike are shown two before and two after a difference, the others left out. */
class DifferenceWriter {
  #text = '';
  #expected = '';
  #alike: string[] = [];
  #count = 0;
  hasSkipped = false;

  get isFull(): boolean {
    return this.#count > linesMax;
  }

  same(line: string): void {
    this.#text += this.#expected;
    this.#expected = '';
    this.#alike.push(line);
    if (this.#alike.length <= 2) this.#add(`  ${line}`);
  }

  different(actual: string | undefined, expected: string | undefined): void {
    this.#showAlike();
    if (actual !== undefined) this.#add(`+ ${actual}`);
    if (expected === undefined) return;
    this.#expected += `\n- ${expected}`;
    this.#count += 1;
  }

  finish(): string {
    return this.#text + this.#expected;
  }

  #showAlike(): void {
    const { length } = this.#alike;
    if (length === 5) {
      this.#add(`  ${this.#alike[2]!}`);
    } else if (length > 5) {
      this.#text += '\n...';
      this.hasSkipped = true;
    }
    if (length > 3) this.#add(`  ${this.#alike[length - 2]!}`);
    if (length > 2) this.#add(`  ${this.#alike[length - 1]!}`);
    this.#alike = [];
  }

  #add(line: string): void {
    this.#text += `\n${line}`;
    this.#count += 1;
  }
}

/** Takes the lines that are alike at the end off both and gives what to show of them. */
function commonEnd(actual: string[], expected: string[], alreadyAlike: number): { text: string; hasSkipped: boolean } {
  let text = '';
  let first = '';
  let count = alreadyAlike;
  while (actual.length > 0 && expected.length > 0 && actual.at(-1) === expected.at(-1)) {
    const line = actual.pop()!;
    expected.pop();
    if (count++ < 3) text = `\n  ${line}${text}`;
    else first = line;
  }
  const hasSkipped = count >= 5;
  if (hasSkipped) text = `\n...${text}`;
  if (first !== '') text = `\n  ${first}${text}`;
  return { text, hasSkipped };
}

const withoutComma = (line: string): string => (line.endsWith(',') ? line.slice(0, -1) : line);

/** Both fit on a line: shown with `!==`, or with a mark under the first character that differs. */
function shortDifference(actual: string, expected: string, values: AssertionOptions, header: string) {
  const length = actual.length + expected.length;
  if (length <= shortLengthMax) {
    const areBothZero = values.actual === 0 && values.expected === 0;
    if (!isObject(values.actual) && !isObject(values.expected) && !areBothZero) {
      return { text: `${header}\n\n${actual} !== ${expected}\n` };
    }
  } else if (header !== operators['strictEqualObject'] && length < 80) {
    let same = 0;
    while (actual[same] === expected[same]) same++;
    if (same > 2) return { indicator: `\n  ${' '.repeat(same)}^` };
    return { alike: same };
  }
  return {};
}

function difference(values: AssertionOptions): string {
  const { actual, expected, message } = values;
  const bothObjects = isObject(actual) && isObject(expected);
  const bothFunctions = typeof actual === 'function' && typeof expected === 'function';
  const isReference = values.operator === 'strictEqual' && (bothObjects || bothFunctions);
  const operator = isReference ? 'strictEqualObject' : values.operator!;
  const header = message ? textOf(message) : operators[operator]!;
  const actualText = show(actual);
  const actualLines = actualText.split('\n');
  const expectedLines = show(expected).split('\n');
  const isShort = actualLines.length === 1 && expectedLines.length === 1 && actualLines[0] !== expectedLines[0];
  const short = isShort ? shortDifference(actualLines[0]!, expectedLines[0]!, values, header) : {};
  if (short.text !== undefined) return short.text;
  const end = commonEnd(actualLines, expectedLines, short.alike ?? 0);
  const count = Math.max(actualLines.length, expectedLines.length);
  if (count === 0) {
    const lines = actualText.split('\n');
    const shown = lines.length > linesMax ? [...lines.slice(0, 46), '...'] : lines;
    return `${operators['notIdentical']!}\n\n${shown.join('\n')}\n`;
  }
  const writer = new DifferenceWriter();
  const title = `${header}\n+ actual - expected`;
  for (let i = 0; i < count; i++) {
    const [left, right] = [actualLines[i], expectedLines[i]];
    if (left !== undefined && right !== undefined && withoutComma(left) === withoutComma(right)) {
      writer.same(right.endsWith(',') ? right : left);
    } else {
      writer.different(left, right);
    }
    if (writer.isFull && i < count - 2) return `${title} ... Lines skipped\n${writer.finish()}\n...`;
  }
  const skipped = end.hasSkipped || writer.hasSkipped ? ' ... Lines skipped' : '';
  return `${title}${skipped}\n${writer.finish()}${end.text}${short.indicator ?? ''}`;
}

function unequal({ actual, operator }: AssertionOptions): string {
  const isReference = operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function');
  const base = operators[isReference ? 'notStrictEqualObject' : operator!]!;
  const lines = show(actual).split('\n');
  if (lines.length > linesMax) lines.splice(46, lines.length - 46, '...');
  const [first = ''] = lines;
  return lines.length === 1 ? `${base}${first.length > 5 ? '\n\n' : ' '}${first}` : `${base}\n\n${lines.join('\n')}\n`;
}

const shortened = (text: string, lengthMax: number): string =>
  text.length > lengthMax ? `${text.slice(0, lengthMax - 3)}...` : text;

function loose({ actual, expected, operator = 'fail' }: AssertionOptions): string {
  const left = show(actual);
  const right = show(expected);
  if (operator === 'notDeepEqual' && left === right) return shortened(`${operators[operator]!}\n\n${left}`, 1024);
  const [a, b] = [shortened(left, 512), shortened(right, 512)];
  if (operator === 'deepEqual') return `${operators[operator]!}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`;
  const other = operators[`${operator}Unequal`];
  return other === undefined ? `${a} ${operator} ${b}` : `${other}\n\n${a}\n\nshould not loosely deep-equal\n\n${b}`;
}

function messageOf(options: AssertionOptions): string {
  const { operator, message } = options;
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(options);
  if (message !== undefined && message !== null) return textOf(message);
  return operator === 'notDeepStrictEqual' || operator === 'notStrictEqual' ? unequal(options) : loose(options);
}

export class AssertionError extends Error {
  generatedMessage: boolean;
  readonly code = 'ERR_ASSERTION';
  actual: unknown;
  expected: unknown;
  operator: string | undefined;

  constructor(options: AssertionOptions) {
    requireObject(options, 'options');
    super(messageOf(options));
    this.generatedMessage = !options.message;
    Object.defineProperty(this, 'name', { value: 'AssertionError', writable: true, configurable: true });
    const stack: unknown = this.stack;
    if (typeof stack === 'string') {
      const marked = stack.replace(/^Error/, 'AssertionError [ERR_ASSERTION]');
      Object.defineProperty(this, 'stack', { value: marked, writable: true, configurable: true });
    }
    this.actual = options.actual;
    this.expected = options.expected;
    this.operator = options.operator;
  }

  override toString(): string {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [customInspectSymbol](_depth: number, options: object, inspectValue: Inspect): string {
    return inspectValue(this, { ...options, customInspect: false, depth: 0 });
  }
}
