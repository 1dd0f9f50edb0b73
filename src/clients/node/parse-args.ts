/**
 * `util.parseArgs`. Follows Node 20, `lib/internal/util/parse_args/parse_args.js` (MIT, copyright Node.js contributors).
 */
import { invalidArgType, invalidArgValue, nodeError, requireBoolean, requireObject, requireString } from './node-error';

interface OptionSettings {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly default?: unknown;
}

type Options = Readonly<Record<string, OptionSettings>>;

interface Config {
  readonly args: readonly string[];
  readonly strict: boolean;
  readonly options: Options;
  readonly allowPositionals: boolean;
  readonly allowNegative: boolean;
  readonly tokens: boolean;
}

interface OptionToken {
  readonly kind: 'option';
  /** Without `no-` once it is known that an option is negated. */
  name: string;
  /** As it was written, dashes included. */
  readonly rawName: string;
  readonly index: number;
  readonly value: string | undefined;
  /** Whether the value was written in the same argument; undefined when there is none. */
  readonly inlineValue: boolean | undefined;
}

type Token =
  | OptionToken
  | { readonly kind: 'positional'; readonly index: number; readonly value: string }
  | { readonly kind: 'option-terminator'; readonly index: number };

type Values = Record<string, unknown>;

const own = (holder: object, key: string): unknown =>
  Object.hasOwn(holder, key) ? (Reflect.get(holder, key) as unknown) : undefined;

const typeOf = (options: Options, name: string) => (own(options, name) as OptionSettings | undefined)?.type;

const longFor = (short: string, options: Options): string =>
  Object.keys(options).find((name) => own(options[name] as object, 'short') === short) ?? short;

const looksLikeOption = (value: string | undefined) => value !== undefined && value.length > 1 && value.startsWith('-');

function requireList(value: unknown, name: string, requireItem: (item: unknown, name: string) => void): void {
  if (!Array.isArray(value)) throw invalidArgType(name, 'Array', value);
  for (const [index, item] of value.entries()) requireItem(item, `${name}[${index}]`);
}

function checkOption(settings: unknown, path: string, inspect: (value: unknown) => string): void {
  requireObject(settings, path);
  const type = own(settings, 'type');
  if (type !== 'string' && type !== 'boolean') throw invalidArgType(`${path}.type`, `('string|boolean')`, type);
  if (Object.hasOwn(settings, 'short')) {
    const short = own(settings, 'short');
    requireString(short, `${path}.short`);
    if (short.length !== 1) throw invalidArgValue(`${path}.short`, inspect(short), 'must be a single character');
  }
  const multiple = own(settings, 'multiple');
  if (Object.hasOwn(settings, 'multiple')) requireBoolean(multiple, `${path}.multiple`);
  const preset = own(settings, 'default');
  if (preset === undefined) return;
  const requireItem: (value: unknown, name: string) => void = type === 'string' ? requireString : requireBoolean;
  if (multiple === true) requireList(preset, `${path}.default`, requireItem);
  else requireItem(preset, `${path}.default`);
}

function readConfig(given: object, argv: readonly string[], inspect: (value: unknown) => string): Config {
  const args = own(given, 'args') ?? argv.slice(2);
  const strict = own(given, 'strict') ?? true;
  const allowPositionals = own(given, 'allowPositionals') ?? strict !== true;
  const tokens = own(given, 'tokens') ?? false;
  const allowNegative = own(given, 'allowNegative') ?? false;
  const options = own(given, 'options') ?? {};
  if (!Array.isArray(args)) throw invalidArgType('args', 'Array', args);
  requireBoolean(strict, 'strict');
  requireBoolean(allowPositionals, 'allowPositionals');
  requireBoolean(tokens, 'tokens');
  requireBoolean(allowNegative, 'allowNegative');
  requireObject(options, 'options');
  for (const [name, settings] of Object.entries(options)) checkOption(settings, `options.${name}`, inspect);
  return { args: args as string[], strict, allowPositionals, tokens, allowNegative, options: options as Options };
}

/** `-abc` is `-a -b -c`, up to an option that takes what follows it as its value. */
function ungrouped(group: string, options: Options): string[] {
  const parts: string[] = [];
  for (let index = 1; index < group.length; index += 1) {
    const short = group.charAt(index);
    const takesValue = typeOf(options, longFor(short, options)) === 'string';
    if (takesValue && index < group.length - 1) return [...parts, `-${group.slice(index)}`];
    parts.push(`-${short}`);
  }
  return parts;
}

/** What an argument with dashes is: its option, and its value if that stands in the same argument. */
function optionIn(arg: string, options: Options): { name: string; rawName: string; inline?: string } | undefined {
  if (arg.startsWith('--') && arg.length > 2) {
    if (!arg.includes('=', 3)) return { name: arg.slice(2), rawName: arg };
    const equals = arg.indexOf('=');
    const name = arg.slice(2, equals);
    return { name, rawName: `--${name}`, inline: arg.slice(equals + 1) };
  }
  if (!arg.startsWith('-') || arg.length < 2 || arg === '--') return undefined;
  const name = longFor(arg.charAt(1), options);
  return { name, rawName: arg.slice(0, 2), ...(arg.length > 2 && { inline: arg.slice(2) }) };
}

const isGroup = (arg: string, options: Options) =>
  arg.length > 2 &&
  arg.startsWith('-') &&
  arg.charAt(1) !== '-' &&
  typeOf(options, longFor(arg.charAt(1), options)) !== 'string';

function tokensOf(args: readonly string[], options: Options): Token[] {
  const tokens: Token[] = [];
  const rest = [...args];
  let index = -1;
  /** Of a group that was taken apart: they all stand in the same argument. */
  let left = 0;
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (left > 0) left -= 1;
    else index += 1;
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of rest) tokens.push({ kind: 'positional', index: (index += 1), value });
      break;
    }
    if (isGroup(arg, options)) {
      const parts = ungrouped(arg, options);
      rest.unshift(...parts);
      left = parts.length;
      continue;
    }
    const option = optionIn(arg, options);
    if (option === undefined) {
      tokens.push({ kind: 'positional', index, value: arg });
      continue;
    }
    const { name, rawName, inline } = option;
    const takesNext = inline === undefined && typeOf(options, name) === 'string' && rest[0] !== undefined;
    const value = takesNext ? rest.shift() : inline;
    const inlineValue = value === undefined ? undefined : !takesNext;
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
    if (takesNext) index += 1;
  }
  return tokens;
}

const invalidValue = (message: string) => nodeError(TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message);

function unknownOption(rawName: string, allowPositionals: boolean): Error {
  const hint = allowPositionals
    ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- ${JSON.stringify(rawName)}`
    : '';
  return nodeError(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${hint}`);
}

function checkUsage({ options, allowNegative, allowPositionals }: Config, token: OptionToken): void {
  let { name } = token;
  if (!Object.hasOwn(options, name)) {
    if (!allowNegative || !name.startsWith('no-')) throw unknownOption(token.rawName, allowPositionals);
    name = name.slice('no-'.length);
    if (typeOf(options, name) !== 'boolean') throw unknownOption(token.rawName, allowPositionals);
  }
  const { short, type } = options[name] as OptionSettings;
  const names = `${short ? `-${short}, ` : ''}--${name}`;
  if (type === 'string' && token.value === undefined) {
    throw invalidValue(`Option '${names} <value>' argument missing`);
  }
  if (type === 'boolean' && token.value !== undefined) {
    throw invalidValue(`Option '${names}' does not take an argument`);
  }
  if (token.inlineValue === true || !looksLikeOption(token.value)) return;
  const { rawName } = token;
  const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${token.name}=-XYZ' or '${rawName}-XYZ'`;
  throw invalidValue(`Option '${rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${rawName}'?
To specify an option argument starting with a dash use ${example}.`);
}

function store({ options, allowNegative }: Config, token: OptionToken, values: Values): void {
  const isNegated = allowNegative && token.value === undefined && token.name.startsWith('no-');
  const name = isNegated ? token.name.slice('no-'.length) : token.name;
  token.name = name;
  if (name === '__proto__') return;
  const value = isNegated ? false : (token.value ?? true);
  if ((own(options, name) as OptionSettings | undefined)?.multiple !== true) values[name] = value;
  else if (Array.isArray(values[name])) values[name].push(value);
  else values[name] = [value];
}

/**
 * `argv` is that of the process, `inspect` writes a wrong value into an error. Throws what Node throws, with the codes
 * `ERR_PARSE_ARGS_…` for arguments that the options do not allow.
 */
export function parseArgs(given: unknown, argv: readonly string[], inspect: (value: unknown) => string) {
  const config = readConfig(given ?? {}, argv, inspect);
  const { args, options, strict, allowPositionals } = config;
  const values = Object.create(null) as Values;
  const positionals: string[] = [];
  const tokens = tokensOf(args, options);
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (strict) checkUsage(config, token);
      store(config, token, values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) {
        const message = `Unexpected argument '${token.value}'. This command does not take positional arguments`;
        throw nodeError(TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', message);
      }
      positionals.push(token.value);
    }
  }
  for (const [name, settings] of Object.entries(options)) {
    if (settings.default !== undefined && values[name] === undefined) values[name] = settings.default;
  }
  return { values, positionals, ...(config.tokens && { tokens }) };
}
