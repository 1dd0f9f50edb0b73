import type { ExportedFile } from './services';

/** Hands a file to the reader. */
export function download({ name, content }: ExportedFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken what it needs once the click is over; a minute is for slow disks.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What a scenario's title makes as a file's name, without its ending. */
export function fileNameOf(title: string): string {
  return (
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'scenario'
  );
}
