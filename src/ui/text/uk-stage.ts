import type { enStage } from './en-stage';
import type { Translated } from './text';

export const ukStage: Translated<typeof enStage> = {};
