import type { DefinitionDifference } from '../../scenario/definition-differences';
import type { Format } from '../text/format';
import type { Text } from '../text/text';

/** A difference of two definitions in words. */
export function differenceText(difference: DefinitionDifference, text: Text, format: Format): string {
  const t = text.dialogs.compare;
  switch (difference.type) {
    case 'seed':
      return t.seed(difference.a, difference.b);
    case 'durationMs':
      return t.duration(format.duration(difference.a), format.duration(difference.b));
    case 'startedAt':
      return t.startedAt(difference.a, difference.b);
    case 'file':
      return t.only(difference.name, difference.side);
    case 'file.changed':
      return t.fileChanged(difference.name, difference.line);
    case 'process':
      return t.only(t.process(difference.name), difference.side);
    case 'process.changed':
      return t.processChanged(difference.name);
    case 'link':
      return t.only(t.link(difference.name), difference.side);
    case 'link.changed':
      return t.linkChanged(difference.name);
    case 'broker.changed':
      return t.brokerChanged(difference.name);
    case 'fault':
      return t.only(text.timeline.what.fault(difference.fault), difference.side);
    case 'fault.changed':
      return t.faultChanged(text.timeline.what.fault(difference.fault));
    case 'intervention': {
      const { intervention, side } = difference;
      return t.only(t.intervention(text.log.intervention(intervention), format.instant(intervention.atMs)), side);
    }
  }
}
