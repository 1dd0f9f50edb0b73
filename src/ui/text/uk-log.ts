import type { enLog } from './en-log';
import type { Translated } from './text';

export const ukLog: Translated<typeof enLog> = {};
