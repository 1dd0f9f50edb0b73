import { expect, test } from 'vitest';
import { themeFromTokens } from '../../../src/ui/editor/theme';

test('colours that the build has shortened are written out for Monaco', () => {
  const style = { colorScheme: 'light', getPropertyValue: () => '#fff' } as unknown as CSSStyleDeclaration;
  const theme = themeFromTokens(style);
  expect(Object.values(theme.colors).filter((colour) => !/^#(?:[\da-f]{6}|[\da-f]{8})$/i.test(colour))).toEqual([]);
  expect(theme.rules[0]?.foreground).toBe('ffffff');
});
