import { Kept } from '../../projections/kept';
import { LogFold } from '../log-fold.svelte';
import { enKept, type KeptText } from '../text/en-kept';
import { ukKept } from '../text/uk-kept';
import type { Workbench } from '../workbench.svelte';

export function keptFold(workbench: Workbench): LogFold<Kept> {
  return new LogFold(workbench, () => new Kept());
}

export function keptText(workbench: Workbench): KeptText {
  return workbench.language === 'uk' ? ukKept : enKept;
}
