import { describe, expect, it } from 'vitest';
import { lightSyntax } from '../../../src/ui/editor/light-syntax';

const kinds = (source: string) =>
  lightSyntax(source).map((line) =>
    line.filter(({ type }) => type !== 'plain').map(({ type, text }) => `${type} ${text}`),
  );

describe('code before the editor has arrived', () => {
  it('tells keywords, strings, numbers and comments', () => {
    expect(kinds("const a = 'x'; // why\nreturn 12")).toEqual([
      ['keyword const', "string 'x'", 'comment // why'],
      ['keyword return', 'number 12'],
    ]);
  });

  it('carries comments and templates over lines', () => {
    expect(kinds('/* a\nb */ let\n`c\n${d}`')).toEqual([
      ['comment /* a'],
      ['comment b */', 'keyword let'],
      ['string `c'],
      ['string ${d}`'],
    ]);
  });

  it('loses no character, closed or not', () => {
    for (const source of ['', '\n\n', "'open", '`open\n', '/* open', 'a\r\nb', 'x = /re/g; y$']) {
      const text = lightSyntax(source)
        .map((line) => line.map((span) => span.text).join(''))
        .join('\n');
      expect(text).toBe(source.replaceAll('\r\n', '\n'));
    }
  });
});
