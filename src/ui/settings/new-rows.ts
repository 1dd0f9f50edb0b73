import { valueAt } from '../../scenario/settings';

/** A process for the first file that nothing runs yet, named after it as a new file's process is. */
export function newProcess(
  settings: unknown,
  files: readonly string[],
): { readonly name: string; readonly file: string } {
  const value = valueAt(settings, ['processes']);
  const processes = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const taken = new Set(processes.map((each) => valueAt(each, ['name'])));
  const run = new Set(processes.map((each) => valueAt(each, ['file'])));
  const file = files.find((each) => !run.has(each)) ?? files[0] ?? '';
  const stem = file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? stem : `${stem}-${String(count)}`;
    if (!taken.has(name)) return { name, file };
  }
}

/** A slow link from the first process to the first broker: one can see at once that it differs. */
export function newLink(
  names: readonly string[],
  brokers: readonly string[],
): { readonly from: string; readonly to: string; readonly latencyMs: number } {
  const [from = ''] = names;
  const to = brokers[0] ?? names.find((name) => name !== from) ?? '';
  return { from, to, latencyMs: 500 };
}
