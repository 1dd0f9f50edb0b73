import type { enDialogs } from './en-dialogs';
import type { Translated } from './text';

export const ukDialogs: Translated<typeof enDialogs> = {};
