import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/ui/log/csv';
import { markedText } from '../../../src/ui/log/marked-text';
import {
  eventColumns,
  fittingColumns,
  nextSort,
  processColumns,
  sortedLines,
  type MetricsLine,
} from '../../../src/ui/log/metrics-columns';

describe('comma-separated values', () => {
  it('quote what would be read apart', () => {
    expect(csvLine([1, 'plain', 'a, b', 'say "no"', 'two\nlines', undefined])).toBe(
      '1,plain,"a, b","say ""no""","two\nlines",\r\n',
    );
  });

  it('are never read as a formula', () => {
    expect(csvLine(['=1+1', '+38', '-2', '@x', '\tx', -2, 'a=b'])).toBe("'=1+1,'+38,'-2,'@x,'\tx,-2,a=b\r\n");
    expect(csvLine(['=HYPERLINK("http://x")'])).toBe('"\'=HYPERLINK(""http://x"")"\r\n');
  });
});

describe('a text with hits', () => {
  const marks = (text: string, words: string[]): string =>
    markedText(text, words)
      .map((part) => (part.isHit ? `[${part.text}]` : part.text))
      .join('');

  it('is cut where they stand, whatever their case', () => {
    expect(marks('Email sent to email', ['email'])).toBe('[Email] sent to [email]');
    expect(marks('nothing', ['email'])).toBe('nothing');
  });

  it('keeps every character when hits overlap', () => {
    expect(marks('abcabc', ['abc', 'bca'])).toBe('[abc][a][bc]');
  });
});

describe('columns of metrics', () => {
  it('keep p95 at 400 pixels', () => {
    for (const columns of [processColumns, eventColumns]) expect(fittingColumns(columns, 400)).toContain('p95');
    expect(fittingColumns(processColumns, 400)).toEqual(['acked', 'recent', 'failed', 'retried', 'p50', 'p95', 'busy']);
  });

  it('come all when there is room, in their order', () => {
    expect(fittingColumns(processColumns, 700)).toEqual(processColumns);
  });

  it('keep the most telling one when there is hardly any', () => {
    expect(fittingColumns(eventColumns, 220)).toEqual(['acked', 'p95']);
  });
});

describe('the order of metrics', () => {
  const line = (name: string, delivered: number, p95Ms?: number): MetricsLine => ({
    name,
    published: 0,
    delivered,
    failed: 0,
    retried: 0,
    deadLettered: 0,
    latency: p95Ms === undefined ? undefined : { p50Ms: 1, p95Ms, p99Ms: p95Ms },
    recentPerSecond: 0,
    ratePerSecond: 0,
    busy: undefined,
  });
  const lines = [line('b#10', 1, 5), line('a', 3), line('b#2', 2, 9)];
  const names = (of: readonly MetricsLine[]): string[] => of.map(({ name }) => name);

  it('begins with the largest, and turns round when asked again', () => {
    const first = nextSort(undefined, 'acked');
    expect(names(sortedLines(lines, first))).toEqual(['a', 'b#2', 'b#10']);
    expect(names(sortedLines(lines, nextSort(first, 'acked')))).toEqual(['b#10', 'b#2', 'a']);
  });

  it('puts what has no value last either way', () => {
    expect(names(sortedLines(lines, { by: 'p95', descending: true }))).toEqual(['b#2', 'b#10', 'a']);
    expect(names(sortedLines(lines, { by: 'p95', descending: false }))).toEqual(['b#10', 'b#2', 'a']);
  });

  it('counts replicas as people do', () => {
    expect(names(sortedLines(lines, nextSort(undefined, 'name')))).toEqual(['a', 'b#2', 'b#10']);
  });
});
