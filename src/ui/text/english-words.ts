import { en } from './en';
import { enFormat } from './format';
import type { Words } from './words';

export const englishWords: Words = { text: en, format: enFormat };
