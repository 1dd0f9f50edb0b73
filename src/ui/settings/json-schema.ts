import { svixDisableAfterMs, svixTimeoutMs } from '../../brokers/webhooks/schedule';
import { defaultVersion, versions } from '../../brokers/rabbitmq/version';
import { limits, scenarioDefaults } from '../../scenario/limits';
import { faultTypes } from '../../scenario/parse-faults';
import { interventionTypes } from '../../scenario/parse-intervention';
import type { SettingsText } from './settings-text';

type Schema = Readonly<Record<string, unknown>>;

/** What may be named in the settings now. */
export interface SettingsNames {
  readonly files: readonly string[];
  readonly processes: readonly string[];
  readonly brokers: readonly string[];
}

/**
 * `scenario.json` for completion and hover text. It only helps with writing: what is right and wrong, `parseScenario`
 * alone decides.
 */
export function settingsSchema(t: SettingsText, names: SettingsNames): Schema {
  const { doc } = t;
  const described = <K extends keyof typeof doc>(key: K, schema: Schema): Schema => ({
    ...schema,
    description: doc[key],
  });
  const ms = (key: keyof typeof doc, max: number, preset?: number): Schema =>
    described(key, { type: 'number', minimum: 0, maximum: max, ...(preset !== undefined && { default: preset }) });
  const ends = { type: 'string', examples: [...names.processes, ...names.brokers] };
  const share = { type: 'number', minimum: 0, maximum: 1, default: 0 };
  const link = {
    latencyMs: ms('latencyMs', limits.latencyMsMax, 0),
    jitterMs: ms('jitterMs', limits.latencyMsMax, 0),
    loss: described('loss', share),
    cut: described('cut', { type: 'boolean', default: false }),
    duplicated: share,
    delayed: share,
    reordered: share,
    delayedMs: { type: 'number', minimum: 0, maximum: limits.latencyMsMax },
  };
  const process = object(
    {
      name: described('name', { type: 'string' }),
      file: described('file', { type: 'string', examples: names.files }),
      args: described('args', { type: 'array', items: { type: 'string' } }),
      env: described('env', { type: 'object', additionalProperties: { type: 'string' } }),
      startAtMs: ms('startAtMs', limits.durationMsMax, 0),
      replicas: described('replicas', { type: 'integer', minimum: 1, maximum: limits.replicasMax, default: 1 }),
    },
    ['name', 'file'],
  );
  const difference = object({ from: described('from', ends), to: described('to', ends), ...link }, ['from', 'to']);
  const network = {
    default: described('default', object(link)),
    links: described('links', { type: 'array', items: difference }),
  };
  return object(
    {
      title: described('title', { type: 'string' }),
      about: described('about', { type: 'string', default: '' }),
      durationMs: ms('durationMs', limits.durationMsMax, scenarioDefaults.durationMs),
      seed: described('seed', { type: 'integer', minimum: 0, maximum: limits.seedMax, default: scenarioDefaults.seed }),
      speed: described('speed', {
        type: 'number',
        minimum: limits.speedMin,
        maximum: limits.speedMax,
        default: scenarioDefaults.speed,
      }),
      startedAt: described('startedAt', { type: 'string', default: scenarioDefaults.startedAt }),
      processes: described('processes', { type: 'array', items: process }),
      network: described('network', object(network)),
      brokers: described(
        'brokers',
        object({
          rabbitmq: described('rabbitmq', rabbitmqSchema(t)),
          webhooks: described('webhooks', webhooksSchema(t)),
        }),
      ),
      faults: described('faults', {
        type: 'array',
        items: faultSchema(names, object(link), { fromMs: {}, untilMs: {}, disabled: { type: 'boolean' } }),
      }),
      interventions: described('interventions', { type: 'array', items: interventionSchema(t, names, object(link)) }),
      comparison: described('comparison', comparisonSchema(t, names)),
      note: described('note', { type: 'string', default: '' }),
    },
    ['title', 'processes'],
  );
}

function comparisonSchema({ doc }: SettingsText, names: SettingsNames): Schema {
  const service = { type: 'string', examples: names.processes };
  const inEach = object({ en: { type: 'string' }, uk: { type: 'string' } }, ['en', 'uk']);
  const words = { anyOf: [{ type: 'string' }, inEach] };
  const side = object(
    {
      name: words,
      entry: { ...service, description: doc.entry },
      parts: { type: 'object', additionalProperties: service, description: doc.parts },
    },
    ['entry'],
  );
  const figure = object({ show: { type: 'string' }, name: words, better: { enum: ['less', 'more'] } }, [
    'show',
    'better',
  ]);
  return object(
    {
      client: { ...service, description: doc.client },
      sides: { type: 'array', items: side },
      figures: { type: 'array', items: figure, description: doc.figures },
    },
    ['client', 'sides'],
  );
}

function rabbitmqSchema({ doc }: SettingsText): Schema {
  return object({
    version: { enum: versions, default: defaultVersion, description: doc.version },
    definitions: { type: 'object', description: doc.definitions },
  });
}

function webhooksSchema({ doc }: SettingsText): Schema {
  const ms = { type: 'number', minimum: 0, maximum: limits.durationMsMax };
  return object({
    retryScheduleMs: {
      type: 'array',
      items: ms,
      minItems: 1,
      maxItems: limits.attemptsMax,
      description: doc.retryScheduleMs,
    },
    timeoutMs: { ...ms, default: svixTimeoutMs, description: doc.timeoutMs },
    disableAfterMs: { ...ms, default: svixDisableAfterMs, description: doc.disableAfterMs },
    allowedAddresses: { type: 'array', items: { type: 'string' }, description: doc.allowedAddresses },
  });
}

/** All keys of all kinds: which belong to which kind, the parser says. */
function faultSchema(names: SettingsNames, link: Schema, when: Readonly<Record<string, Schema>>): Schema {
  const process = { type: 'string', examples: names.processes };
  const broker = { type: 'string', examples: names.brokers };
  const ends = { type: 'string', examples: [...names.processes, ...names.brokers] };
  const ms = { type: 'number' };
  const count = { type: 'integer', minimum: 1 };
  return object(
    {
      type: { enum: faultTypes },
      name: { type: 'string' },
      process,
      every: count,
      chance: { type: 'number', minimum: 0, maximum: 1 },
      restartAfterMs: ms,
      factor: { type: 'number', minimum: 1, maximum: limits.slowFactorMax },
      lagMs: ms,
      skewMs: ms,
      broker,
      groups: { type: 'array', items: { type: 'array', items: ends } },
      from: ends,
      to: ends,
      link,
      resource: { enum: ['memory', 'disk'] },
      event: { type: 'string' },
      times: count,
      ...when,
    },
    ['type'],
  );
}

function interventionSchema({ doc }: SettingsText, names: SettingsNames, link: Schema): Schema {
  const process = { type: 'string', examples: names.processes };
  const broker = { type: 'string', examples: names.brokers };
  return object(
    {
      type: { enum: interventionTypes.filter((type) => type !== 'file.edit'), description: doc.type },
      atMs: { type: 'number', minimum: 0, description: doc.atMs },
      process,
      service: process,
      replicas: { type: 'integer', minimum: 0, maximum: limits.replicasMax },
      broker,
      event: { type: 'string' },
      message: { type: 'string' },
      queue: { type: 'string' },
      method: { type: 'string', default: 'GET', examples: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] },
      url: { type: 'string', examples: ['http://localhost:5000/'] },
      headers: { type: 'array', items: { type: 'string' }, description: doc.headers },
      body: { type: 'string' },
      data: {},
      workers: { type: 'integer', minimum: 0, maximum: limits.workersMax },
      from: process,
      to: process,
      link,
      fault: faultSchema(names, link, {}),
      forMs: { type: 'number', minimum: 0 },
      name: { type: 'string' },
      disabled: { type: 'boolean', description: doc.disabled },
    },
    ['type', 'atMs'],
  );
}

function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}
