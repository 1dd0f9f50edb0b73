import type MagicString from 'magic-string';
import type { BlockStatement, ForOfStatement, Function as FunctionNode, Node, Pattern, Program } from 'estree';
import type { Placed, Source } from './instrument';
import { isFunction } from './module-syntax';

/** What is known of the function whose body the walk is in; the outermost one stands for the module itself. */
interface Frame {
  readonly async: boolean;
  calls: boolean;
  /** Whether it returns values, or might end before its guard: another one that comes to its end has returned `undefined`. */
  returns: boolean;
  /** How many calls, awaits and the like were left so far: tells whether an expression held any. */
  effects: number;
}

/** Lines per file that a position can tell apart; a position is `fileId * linesMax + line`. */
export const linesMax = 65_536;

const statementTypes = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'LabeledStatement',
]);

/**
 * The insertions of `instrument`, made while leaving each node, so that the outer one of two that begin at the same place
 * comes first. `__e` is the run's `Turn`; see there what each call does.
 */
export class Guards {
  readonly #source: Source;
  readonly #text: MagicString;
  readonly #frames: Frame[];
  /** Effects counted when a call was entered, to see whether its arguments had any. */
  readonly #before = new WeakMap<Node, number>();
  readonly #statementLines: number[] = [];

  constructor(source: Source, text: MagicString, asyncModule: boolean) {
    this.#source = source;
    this.#text = text;
    this.#frames = [{ async: asyncModule, calls: false, returns: false, effects: 0 }];
  }

  enter(node: Placed, parent: Placed | null, key: string | number | undefined): void {
    if (isFunction(node)) this.#frames.push(frameOf(node as unknown as FunctionNode));
    if (node.type === 'CallExpression' || node.type === 'NewExpression') this.#before.set(node, this.#frame.effects);
    if (isStatementPlace(parent, key) && statementTypes.has(node.type)) this.#statementLines.push(node.loc.start.line);
  }

  leave(node: Placed, parent: Placed | null, key: string | number | undefined): void {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#leaveFunction(node);
        break;
      case 'AwaitExpression':
        // Both end at the same place, so the inner one is closed first.
        this.#wrap(node.argument as Placed, '__e.w(', ')');
        this.#wrap(node, `(__k=__e.r(__k,${this.#position(node)},__e.h=`, '),__e.h)');
        this.#effect();
        break;
      case 'CallExpression':
      case 'NewExpression':
        this.#leaveCall(node);
        break;
      case 'TaggedTemplateExpression':
      case 'YieldExpression':
        this.#effect();
        break;
      case 'ReturnStatement':
        if (node.argument) this.#frame.returns = true;
        break;
      case 'ImportExpression':
        this.#text.overwrite(node.start, node.start + 'import'.length, '__m.import');
        this.#effect();
        break;
      case 'MetaProperty':
        if (node.meta.name === 'import') this.#text.overwrite(node.start, node.end, '__m.meta');
        break;
      case 'BinaryExpression':
        if (node.operator === '**') this.#power(node.left as Placed, node.right as Placed, node);
        break;
      case 'AssignmentExpression':
        if (node.operator === '**=') this.#powerAssign(node.left as Placed, node.right as Placed);
        break;
      case 'ForOfStatement':
        if (this.#frame.async && !node.await) this.#eachTurn(node);
        else this.#loopBody(node.body as Placed, node);
        break;
      case 'ForStatement':
      case 'ForInStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.#loopBody(node.body as Placed, node);
        break;
      case 'IfStatement':
        this.#branch(node.consequent as Placed, node);
        if (node.alternate) this.#branch(node.alternate as Placed, node);
        break;
      case 'CatchClause':
        if (this.#frame.async) this.#text.appendLeft((node.body as Placed).start + 1, '__e.c=__k;__e.a++;');
        break;
      default:
        break;
    }
    if (isStatementPlace(parent, key) && statementTypes.has(node.type)) {
      this.#statementLines.pop();
      if (!('directive' in node)) this.#text.prependRight(node.start, this.#mark(node));
    }
  }

  get #frame(): Frame {
    return this.#frames[this.#frames.length - 1] as Frame;
  }

  #effect(): void {
    this.#frame.calls = true;
    this.#frame.effects++;
  }

  #position(node: Placed): string {
    return this.#positionOfLine(node.loc.start.line);
  }

  #positionOfLine(line: number): string {
    return String(this.#source.fileId * linesMax + Math.min(line, linesMax - 1));
  }

  #mark(node: Placed): string {
    return `${this.#frame.async ? '__e.c=__k;' : ''}__e.p=${this.#position(node)};`;
  }

  #wrap(node: Placed, before: string, after: string): void {
    // A sequence loses the parentheses around it as an argument, so it gets its own.
    const [open, close] = node.type === 'SequenceExpression' ? ['(', ')'] : ['', ''];
    this.#text.prependRight(node.start, before + open);
    this.#text.appendLeft(node.end, close + after);
  }

  /** Sets the position again right before a call whose arguments ran other code or stand on another line. */
  #leaveCall(node: Placed & { callee: Node; arguments: Node[] }): void {
    const effects = this.#frame.effects - (this.#before.get(node) ?? 0);
    const callee = node.callee as Placed;
    const line = callee.loc.end.line;
    const statementLine = this.#statementLines[this.#statementLines.length - 1];
    const last = node.arguments[node.arguments.length - 1] as Placed | undefined;
    if (isPromiseConstruction(node) && last) this.#wrap(last, '__e.q(', ')');
    else if (
      last &&
      last.type !== 'SpreadElement' &&
      callee.type !== 'Super' &&
      (effects > 0 || line !== statementLine)
    ) {
      this.#wrap(last, `__e.v(${this.#positionOfLine(line)},`, ')');
    }
    this.#effect();
  }

  #power(left: Placed, right: Placed, node: Placed): void {
    const operator = this.#source.code.indexOf('**', left.end);
    if (operator < 0 || operator >= right.start) return;
    this.#text.overwrite(operator, operator + 2, ',');
    this.#wrap(node, '__e.pow(', ')');
  }

  #powerAssign(left: Placed, right: Placed): void {
    if (left.type !== 'Identifier') return;
    const operator = this.#source.code.indexOf('**=', left.end);
    this.#text.overwrite(operator, operator + 3, '=');
    this.#wrap(right, `__e.pow(${left.name},`, ')');
  }

  #loopBody(body: Placed, loop: Placed): void {
    const guard = `if(++__e.n>__e.x)__e.t(${this.#position(loop)});`;
    if (body.type === 'BlockStatement') this.#text.appendLeft(body.start + 1, guard);
    else this.#wrap(body, `{${guard}`, '}');
  }

  /** Of a loop over values, each of which may have come in a message of its own: its turn is work on that one. */
  #eachTurn(loop: Placed & ForOfStatement): void {
    const body = loop.body as Placed;
    this.#wrap(loop.right as Placed, '__e.e(', ')');
    const head = `const __h=__e.z===0?__k:__e.s(__k);{let __k=__h;if(++__e.n>__e.x)__e.t(${this.#position(loop)});`;
    if (body.type === 'BlockStatement') {
      this.#text.appendLeft(body.start + 1, head);
      this.#text.appendRight(body.end - 1, '}');
    } else this.#wrap(body, `{${head}`, '}}');
  }

  /** A branch without braces on a line of its own gets its own position. */
  #branch(body: Placed, statement: Placed): void {
    if (!statementTypes.has(body.type) || body.loc.start.line === statement.loc.start.line) return;
    this.#wrap(body, `{${this.#mark(body)}`, '}');
  }

  #leaveFunction(node: Placed): void {
    const fn = node as unknown as FunctionNode & { expression?: boolean };
    const frame = this.#frames.pop() as Frame;
    const body = fn.body as Placed;
    const position = this.#position(node);
    const names = frame.async ? fn.params.flatMap(namesIn) : [];
    const [head, tail] = functionGuard(frame, { generator: fn.generator === true, names, position });
    if (body.type === 'BlockStatement') {
      this.#text.appendLeft(afterDirectives(body), head);
      if (tail !== '') this.#text.appendRight(body.end - 1, tail);
      return;
    }
    const arrow = this.#source.code.lastIndexOf('=>', body.start) + 2;
    const mark = `__e.p=${this.#position(body)};`;
    this.#text.appendLeft(arrow, `{${head}${mark}return(`);
    this.#text.appendLeft(node.end, `)${tail}}`);
  }
}

function frameOf({ async = false, generator = false, body, params }: FunctionNode): Frame {
  const returns = generator || body.type !== 'BlockStatement' || !params.every(isInert);
  return { async, calls: false, returns, effects: 0 };
}

/** The names that a pattern gives to what it takes out of a value, or to the value itself. */
function namesIn(pattern: Pattern | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesIn);
    case 'ObjectPattern':
      return pattern.properties.flatMap((each) => namesIn(each.type === 'Property' ? each.value : each.argument));
    case 'AssignmentPattern':
      return namesIn(pattern.left);
    case 'RestElement':
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

/** Whether a parameter runs no code of its own, which would come before the function's guard. */
function isInert(pattern: Pattern): boolean {
  switch (pattern.type) {
    case 'Identifier':
      return true;
    case 'ObjectPattern':
      return pattern.properties.every((each) => each.type === 'Property' && !each.computed && isInert(each.value));
    default:
      return false;
  }
}

const asyncEnd = '}catch(__x){throw __e.b(__x,__k)}finally{--__e.d;--__e.o}';
/** How the body of an async function ends that returns no value. */
export const endWithoutValue = `;__e.f=__e.d;${asyncEnd}`;

/** What stands at the beginning and at the end of a function's body. */
function functionGuard(
  frame: Frame,
  { generator, names, position }: { generator: boolean; names: readonly string[]; position: string },
): [string, string] {
  if (frame.async) {
    const arguments_ = names.length === 0 ? '' : `if(__e.z!==0)__k=__e.l(__k,${names.join()});`;
    return [`let __k=__e.k(${position});try{${arguments_}`, frame.returns ? asyncEnd : endWithoutValue];
  }
  if (generator || !frame.calls) return [`if(++__e.n>__e.x)__e.t(${position});`, ''];
  return [`try{if(++__e.n>__e.x|++__e.d>__e.y)__e.t(${position});`, '}finally{--__e.d}'];
}

function afterDirectives(body: BlockStatement & Placed): number {
  const directives = body.body.filter((statement) => 'directive' in statement) as unknown as Placed[];
  return directives.at(-1)?.end ?? body.start + 1;
}

/** Whether a node is a statement in a list of statements, so that another one may stand before it. */
function isStatementPlace(parent: Placed | null, key: string | number | undefined): boolean {
  if (!parent) return false;
  if (parent.type === 'ExportNamedDeclaration') return key === 'declaration';
  return (
    (key === 'body' &&
      ((parent as Node | Program).type === 'Program' ||
        parent.type === 'BlockStatement' ||
        parent.type === 'StaticBlock')) ||
    (key === 'consequent' && parent.type === 'SwitchCase')
  );
}

function isPromiseConstruction(node: Node): boolean {
  return (
    node.type === 'NewExpression' &&
    node.callee.type === 'Identifier' &&
    node.callee.name === 'Promise' &&
    node.arguments.length === 1
  );
}
