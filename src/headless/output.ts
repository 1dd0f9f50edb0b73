import type { ConsolePrinted, Entry } from '../log/entry';

type Stream = ConsolePrinted['stream'];

/** One line of a process's output; `atMs` is when it was complete. */
export interface OutputLine {
  readonly process: string;
  readonly stream: Stream;
  readonly text: string;
  readonly atMs: number;
}

interface Piece {
  text: string;
  atMs: number;
}

/**
 * Cuts what processes print into lines, as a terminal would see them: at line feeds; what a life leaves without one
 * counts as a line. Lines come in the order in which they were completed.
 */
export class OutputLines {
  readonly lines: OutputLine[] = [];
  readonly #open = new Map<string, Record<Stream, Piece>>();

  add(entry: Entry): void {
    switch (entry.type) {
      case 'process.started':
      case 'process.exited':
      case 'process.crashed':
        this.#cut(entry.process);
        return;
      case 'console.printed':
        this.#print(entry);
        return;
      default:
    }
  }

  /** Nothing more will come. */
  end(): void {
    for (const process of this.#open.keys()) this.#cut(process);
  }

  #print({ process, stream, text, atMs }: ConsolePrinted): void {
    const piece = this.#piecesOf(process)[stream];
    const [first = '', ...rest] = text.split('\n');
    piece.text += first;
    piece.atMs = atMs;
    for (const next of rest) {
      this.lines.push({ process, stream, text: piece.text, atMs });
      piece.text = next;
    }
  }

  #cut(process: string): void {
    const pieces = this.#piecesOf(process);
    for (const stream of ['stdout', 'stderr'] as const) {
      const { text, atMs } = pieces[stream];
      if (text !== '') this.lines.push({ process, stream, text, atMs });
      pieces[stream].text = '';
    }
  }

  #piecesOf(process: string): Record<Stream, Piece> {
    let pieces = this.#open.get(process);
    if (pieces === undefined) {
      pieces = { stdout: { text: '', atMs: 0 }, stderr: { text: '', atMs: 0 } };
      this.#open.set(process, pieces);
    }
    return pieces;
  }
}
