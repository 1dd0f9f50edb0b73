/**
 * Colours for code before the editor has arrived: comments, strings, numbers and keywords, no more. It reads one line
 * after another and carries only what a line can leave open.
 */
export type LightToken = 'plain' | 'comment' | 'string' | 'number' | 'keyword';

export interface LightSpan {
  readonly type: LightToken;
  readonly text: string;
}

const keywords = new Set(
  (
    'abstract as async await break case catch class const continue debugger declare default delete do else enum export ' +
    'extends false finally for from function get if implements import in instanceof interface let new null of private ' +
    'protected public readonly return satisfies set static super switch this throw true try type typeof undefined var ' +
    'void while with yield'
  ).split(' '),
);

const scanner =
  /(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))|(?<string>'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|`(?:\\[^]|[^`\\])*(?:`|$))|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_$][\w$]*)/g;

/** The lines of `source`, each cut into spans whose texts joined give the line. */
export function lightSyntax(source: string): readonly (readonly LightSpan[])[] {
  const lines: LightSpan[][] = [[]];
  const push = (type: LightToken, text: string): void => {
    const [first = '', ...rest] = text.split('\n');
    append(lines.at(-1)!, type, first);
    for (const line of rest) lines.push(line === '' ? [] : [{ type, text: line }]);
  };
  let end = 0;
  for (const match of source.replaceAll('\r\n', '\n').matchAll(scanner)) {
    push('plain', match.input.slice(end, match.index));
    push(tokenOf(match), match[0]);
    end = match.index + match[0].length;
  }
  push('plain', source.replaceAll('\r\n', '\n').slice(end));
  return lines;
}

function tokenOf(match: RegExpExecArray): LightToken {
  const groups = match.groups!;
  if (groups['comment'] !== undefined) return 'comment';
  if (groups['string'] !== undefined) return 'string';
  if (groups['number'] !== undefined) return 'number';
  return keywords.has(match[0]) ? 'keyword' : 'plain';
}

function append(line: LightSpan[], type: LightToken, text: string): void {
  if (text === '') return;
  const last = line.at(-1);
  if (last?.type === type) line[line.length - 1] = { type, text: last.text + text };
  else line.push({ type, text });
}
