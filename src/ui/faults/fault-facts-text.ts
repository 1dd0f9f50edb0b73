import { enFaultFacts, type FaultFactsText } from '../text/en-fault-facts';
import { ukFaultFacts } from '../text/uk-fault-facts';
import type { Workbench } from '../workbench.svelte';

export function faultFactsText({ language }: Workbench): FaultFactsText {
  return language === 'uk' ? ukFaultFacts : enFaultFacts;
}
