import { joinedBuffers } from '../http/inflow';
import { decodeText, encodeText } from '../node/encoding';
import { customInspectSymbol, type Inspect } from '../node/inspect-context';
import { type Blob, bytesOfBlob, type FileClass, isBlob } from './blob';
import { tag } from './headers';
import { requireCount } from './webidl';

type Value = string | Blob;

export interface FormData {
  append(name: unknown, value: unknown, filename?: unknown): void;
  entries(): IterableIterator<[string, Value]>;
}

export type FormDataClass = new () => FormData;

const forms = new WeakMap<object, [string, Value][]>();

export function isFormData(value: unknown): value is FormData {
  return typeof value === 'object' && value !== null && forms.has(value);
}

/** A name of a file is for files. */
function requireFile(args: readonly unknown[], method: string): void {
  if (args.length < 3 || isBlob(args[1])) return;
  throw new TypeError(`Failed to execute '${method}' on 'FormData': parameter 2 is not of type 'Blob'`);
}

/** `FormData`. */
export function createFormDataClass(File: FileClass): FormDataClass {
  const valueOf = (value: unknown, filename: unknown): Value => {
    if (!isBlob(value)) return ''.concat(value as string);
    if (filename === undefined && value.name !== undefined) return value;
    return new File([value], filename ?? 'blob', { type: value.type });
  };

  class FormData {
    constructor() {
      forms.set(this, []);
    }

    append(...args: unknown[]): void {
      requireCount(args, 2, 'FormData.append');
      requireFile(args, 'append');
      listOf(this).push([''.concat(args[0] as string), valueOf(args[1], args[2])]);
    }

    set(...args: unknown[]): void {
      requireCount(args, 2, 'FormData.set');
      requireFile(args, 'set');
      const name = ''.concat(args[0] as string);
      const list = listOf(this);
      const entry: [string, Value] = [name, valueOf(args[1], args[2])];
      const at = list.findIndex(([known]) => known === name);
      const rest = list.filter(([known], index) => known !== name || index < at);
      if (at < 0) rest.push(entry);
      else rest.splice(at, 0, entry);
      forms.set(this, rest);
    }

    delete(name: unknown): void {
      forms.set(
        this,
        listOf(this).filter(([known]) => known !== name),
      );
    }

    get(name: unknown): Value | null {
      return listOf(this).find(([known]) => known === name)?.[1] ?? null;
    }

    getAll(name: unknown): Value[] {
      return listOf(this).flatMap(([known, value]) => (known === name ? [value] : []));
    }

    has(name: unknown): boolean {
      return listOf(this).some(([known]) => known === name);
    }

    forEach(callback: (value: Value, name: string, form: FormData) => void, self?: unknown): void {
      for (const [name, value] of this) callback.call(self, value, name, this);
    }

    *keys(): Generator<string> {
      for (const [name] of this) yield name;
    }

    *values(): Generator<Value> {
      for (const [, value] of this) yield value;
    }

    *entries(): Generator<[string, Value]> {
      for (const [name, value] of listOf(this)) yield [name, value];
    }

    [Symbol.iterator](): Generator<[string, Value]> {
      return this.entries();
    }

    [customInspectSymbol](depth: number | null, options: object, inspect: Inspect): string {
      const shown: Record<string, unknown> = {};
      for (const [name, value] of this) {
        const known = shown[name];
        if (known === undefined) shown[name] = value;
        else shown[name] = [...(Array.isArray(known) ? (known as unknown[]) : [known]), value];
      }
      return `FormData ${inspect(shown, { depth, ...options })}`;
    }
  }
  tag(FormData, 'FormData');
  return FormData;
}

function listOf(form: object): [string, Value][] {
  return forms.get(form) ?? [];
}

const quoted = (text: string): string => text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

/** A form as `multipart/form-data`. */
export function multipart(form: FormData, boundary: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  const text = (piece: string): void => void pieces.push(encodeText(piece, 'utf8'));
  for (const [name, value] of form.entries()) {
    text(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`);
    if (isBlob(value)) {
      text(`; filename="${quoted(value.name ?? 'blob')}"\r\n`);
      text(`Content-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`);
      pieces.push(bytesOfBlob(value));
      text('\r\n');
    } else text(`\r\n\r\n${value.replace(/\r?\n|\r/g, '\r\n')}\r\n`);
  }
  text(`--${boundary}--\r\n`);
  return joinedBuffers(pieces);
}

/** What `multipart` makes, read again. Throws for what is none. */
export function readMultipart(bytes: Uint8Array, boundary: string, form: FormData, File: FileClass): void {
  // One character for each byte, so that places in the text are places in the bytes.
  const text = decodeText(bytes, 'latin1');
  const parts = text.split(`--${boundary}`).slice(1, -1);
  if (parts.length === 0 && !text.includes(`--${boundary}--`)) throw new TypeError('Failed to parse body as FormData.');
  for (const part of parts) {
    const headEnd = part.indexOf('\r\n\r\n');
    const head = decodeText(encodeText(part.slice(0, headEnd), 'latin1'), 'utf8');
    const body = encodeText(part.slice(headEnd + 4, -2), 'latin1');
    const name = /\bname="([^"]*)"/.exec(head)?.[1] ?? '';
    const filename = /\bfilename="([^"]*)"/.exec(head)?.[1];
    const type = /^content-type:\s*(.*)$/im.exec(head)?.[1]?.trim();
    if (filename === undefined) form.append(unquoted(name), decodeText(body, 'utf8'));
    else form.append(unquoted(name), new File([body], unquoted(filename), { type: type ?? 'text/plain' }));
  }
}

function unquoted(text: string): string {
  return text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%22', '"');
}
