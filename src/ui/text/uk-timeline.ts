import type { enTimeline } from './en-timeline';
import type { Translated } from './text';

export const ukTimeline: Translated<typeof enTimeline> = {};
