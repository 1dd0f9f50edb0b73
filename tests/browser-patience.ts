import { vi } from 'vitest';

/** A busy machine is slow, and nothing here measures it: what is waited for may take longer than Vitest's one second. */
const patient = { timeout: 15_000 };
const { waitFor, waitUntil } = vi;

vi.waitFor = (callback, options) =>
  waitFor(callback, typeof options === 'number' ? options : { ...patient, ...options });
vi.waitUntil = (callback, options) =>
  waitUntil(callback, typeof options === 'number' ? options : { ...patient, ...options });
