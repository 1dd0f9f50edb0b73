import { unreachable } from '../../kernel/assert';
import { parseScenario } from '../parse';
import { describeProblem } from '../problem';
import type { Scenario } from '../scenario';
import type { Sketch } from './sketch';
import { sketches } from './sketches';

/**
 * The scenarios that come with the playground. Each is a folder beside this file, in the shape of any scenario folder:
 * `scenario.json` and its files. The texts about them are here, so that the list is known before a folder is loaded.
 */
export interface GalleryEntry {
  /** Name of the folder, and what the headless runner takes. */
  readonly id: string;
  readonly group: GalleryGroup;
  /** Of the course, 1 to 4; undefined outside of it. */
  readonly level: number | undefined;
  readonly title: Readonly<Record<'en' | 'uk', string>>;
  readonly brokers: readonly GalleryBroker[];
  /** How many services run, where that says something. */
  readonly services: number | undefined;
  /** What runs, in one sentence or two. */
  readonly about: Readonly<Record<'en' | 'uk', string>>;
  /** What can be seen by running it, a sentence each. */
  readonly learn: Readonly<Record<'en' | 'uk', readonly string[]>>;
  /** What it looks like at work. */
  readonly sketch: Sketch;
  load(): Promise<Scenario>;
}

/** By what the course teaches, in the order in which one comes to it. Groups without an entry are not shown. */
export const galleryGroups = [
  /** The course's own programs, by level. */
  'course',
  'systems',
  'technologies',
  'patterns',
  'advantages',
  /** The same flow with calls and with events. */
  'comparison',
  /** When a plain call is better. */
  'limits',
] as const;
export type GalleryGroup = (typeof galleryGroups)[number];

/** Kinds of brokers that scenarios are told apart by. */
export const galleryBrokers = ['bus', 'rabbitmq', 'kafka', 'eventbridge', 'redis', 'http'] as const;
export type GalleryBroker = (typeof galleryBrokers)[number];

type Text = Omit<GalleryEntry, 'load' | 'sketch'>;

const texts: readonly Text[] = [
  {
    id: 'eventbus-basic',
    group: 'course',
    level: 1,
    brokers: ['bus'],
    services: undefined,
    title: { en: 'Event bus', uk: 'Шина подій' },
    about: {
      en: 'Three kinds of event; one listener throws, the next still runs.',
      uk: 'Три види подій; один слухач падає, наступний усе одно працює.',
    },
    learn: {
      en: [
        'The listeners of an event run in the order of subscription.',
        'A listener that throws does not stop the next one.',
        'The bus keeps every event, whether its listeners succeeded or not.',
      ],
      uk: [
        'Слухачі події працюють у порядку підписки.',
        'Слухач, що падає, не зупиняє наступного.',
        'Шина зберігає кожну подію, хоч би як упоралися слухачі.',
      ],
    },
  },
  {
    id: 'shop-simulation',
    group: 'course',
    level: 2,
    brokers: ['bus'],
    services: undefined,
    title: { en: 'Shop simulation', uk: 'Симуляція магазину' },
    about: {
      en: 'A listener is added while it runs; the order service never knows.',
      uk: 'Слухач додається на ходу; сервіс замовлень про це не знає.',
    },
    learn: {
      en: [
        'One order reaches every service; the order service knows none of them.',
        'loyalty-service starts at 2.5 s and hears what comes from then on.',
        'order-service.ts stays as it is, however many listen.',
      ],
      uk: [
        'Одне замовлення доходить до всіх сервісів; сервіс замовлень не знає жодного.',
        'loyalty-service стартує на 2.5 с і чує все, що буде після того.',
        'order-service.ts не змінюється, хоч би скільки було слухачів.',
      ],
    },
  },
  {
    id: 'event-queue',
    group: 'course',
    level: 2,
    brokers: ['bus'],
    services: undefined,
    title: { en: 'Event queue', uk: 'Черга подій' },
    about: {
      en: 'Four events, slow listeners and one that always throws.',
      uk: 'Чотири події, повільні слухачі й один, що завжди падає.',
    },
    learn: {
      en: [
        'The producer returns at once; the events wait in the queue.',
        'One worker is done with the four events at 0.8, 1.6, 2.1 and 2.9 s.',
        'The worker outlives a listener that throws; more workers shorten the whole.',
      ],
      uk: [
        'Продюсер вільний одразу; події чекають у черзі.',
        'Один worker завершує чотири події на 0.8, 1.6, 2.1 і 2.9 с.',
        'Worker переживає слухача, що падає; більше workers — менше часу.',
      ],
    },
  },
  {
    id: 'event-replay',
    group: 'course',
    level: 3,
    brokers: ['bus'],
    services: undefined,
    title: { en: 'Event replay', uk: 'Відтворення подій' },
    about: {
      en: 'A second account is built from the log of the first: 2000 both.',
      uk: 'Другий рахунок будується з журналу першого: на обох по 2000 грн.',
    },
    learn: {
      en: [
        'A balance is what its events add up to: 1000 becomes 2000 twice.',
        'A replay appends nothing to the log.',
        'Line 3 of bank-log.ndjson is corrupt; it is reported, and the rest is replayed.',
      ],
      uk: [
        'Баланс — це сума його подій: 1000 двічі стає 2000.',
        'Відтворення нічого не дописує до журналу.',
        'Рядок 3 у bank-log.ndjson пошкоджений; про нього сказано, решту відтворено.',
      ],
    },
  },
  {
    id: 'e-commerce',
    group: 'systems',
    level: undefined,
    brokers: ['bus'],
    services: 8,
    title: { en: 'E-commerce: order created', uk: 'Інтернет-магазин: нове замовлення' },
    about: {
      en: 'Order created: email, SMS, stock, analytics, 1C, Slack.',
      uk: 'Нове замовлення: лист, SMS, склад, аналітика, 1С, Slack.',
    },
    learn: {
      en: [
        'Crash a service: its orders wait in the queue, the rest goes on.',
        '1C refuses now and then: the order is tried again, each time after twice the wait.',
        'What 1C refuses five times stays in the dead-letter queue.',
      ],
      uk: [
        'Зупиніть сервіс: його замовлення чекають у черзі, решта працює.',
        '1С часом відмовляє: замовлення йде ще раз, щоразу після вдвічі довшої паузи.',
        'Те, від чого 1С відмовилася п’ять разів, лишається в dead-letter queue.',
      ],
    },
  },
];

const files = import.meta.glob('./*/**', { query: '?raw', import: 'default' }) as Record<string, () => Promise<string>>;

export const gallery: readonly GalleryEntry[] = texts.map((text) => ({
  ...text,
  sketch: sketches[text.id] ?? { columns: [] },
  load: () => load(text.id),
}));

export function findGalleryEntry(id: string): GalleryEntry | undefined {
  return gallery.find((entry) => entry.id === id);
}

/** Tabs come in the order in which the processes are listed; files that only others import come last. */
async function load(id: string): Promise<Scenario> {
  const found = await readFolder(id);
  const { 'scenario.json': document = '', ...sources } = found;
  const parsed = parseScenario(JSON.parse(document), sources);
  switch (parsed.type) {
    case 'scenario': {
      const { scenario } = parsed;
      const names = new Set([...scenario.processes.map(({ file }) => file), ...Object.keys(sources)]);
      return { ...scenario, files: Object.fromEntries([...names].map((name) => [name, scenario.files[name] ?? ''])) };
    }
    case 'problems':
      throw new Error(`${id}: ${parsed.problems.map(describeProblem).join('; ')}`);
    default:
      return unreachable(parsed);
  }
}

async function readFolder(id: string): Promise<Record<string, string>> {
  const prefix = `./${id}/`;
  const paths = Object.keys(files).filter((path) => path.startsWith(prefix));
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(prefix.length), await files[path]!()] as const),
  );
  return Object.fromEntries(texts);
}
