import type { enInspector } from './en-inspector';
import type { Translated } from './text';

export const ukInspector: Translated<typeof enInspector> = {};
