import { replayRabbitCase } from './rabbitmq/replay-case';
import { replayRedisCase } from './redis/replay-case';
import { replayCurlCase } from './webhooks/replay-curl';
import { replaySignatureCase } from './webhooks/replay-signature';

/** The result of one recorded case: undefined when it came out as recorded, otherwise the first difference. */
export type CaseRunner = (recorded: unknown) => string | undefined;

/** Who replays the recorded cases of which subject. Cases of any other subject are counted as missing. */
export const caseRunners: Readonly<Record<string, CaseRunner>> = {
  rabbitmq: replayRabbitCase,
  redis: replayRedisCase,
  curl: replayCurlCase,
  webhooks: replaySignatureCase,
};
