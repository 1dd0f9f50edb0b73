import { show } from 'eventarium';
import { bus } from './bus';

const seen: Record<string, number> = {};

bus.subscribe('#', function countEvents({ type }: { type: string }) {
  seen[type.replace('payment.', '')] = (seen[type.replace('payment.', '')] ?? 0) + 1;
  show('events', seen);
});
