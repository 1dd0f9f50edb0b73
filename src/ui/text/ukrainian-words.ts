import { ukFormat } from './format';
import { uk } from './uk';
import type { Words } from './words';

export const ukrainianWords: Words = { text: uk, format: ukFormat };
