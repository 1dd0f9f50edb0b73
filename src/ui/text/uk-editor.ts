import type { enEditor } from './en-editor';
import type { Translated } from './text';

export const ukEditor: Translated<typeof enEditor> = {};
