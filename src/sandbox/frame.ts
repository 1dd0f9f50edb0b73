import type { ToSandbox } from './protocol';

/**
 * One frame with one worker in it, seen from the page. Nothing that happens inside can be trusted; closing is sure.
 */
export interface Frame {
  /** May be called at once: what is posted waits for the worker. */
  post(message: ToSandbox): void;
  /** Takes the raw messages from now on, those that waited first. */
  listen(listener: (data: unknown) => void): void;
  /** Closes the port before it removes the frame, so that nothing under way arrives any more. */
  close(): void;
}

export interface FrameOptions {
  readonly url: string;
  /** Text of the worker's script. */
  readonly source: Promise<string>;
}

export function openFrame({ url, source }: FrameOptions): Frame {
  const { port1: port, port2: theirs } = new MessageChannel();
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.setAttribute('referrerpolicy', 'no-referrer');
  element.setAttribute('aria-hidden', 'true');
  element.tabIndex = -1;
  element.title = 'Eventarium sandbox';
  element.style.display = 'none';
  element.src = url;
  const loaded = new Promise<void>((resolve) => {
    element.addEventListener('load', () => resolve(), { once: true });
  });
  document.body.append(element);

  void Promise.all([source, loaded]).then(
    // The frame's origin is opaque, and no other target names it.
    ([text]) => element.contentWindow?.postMessage({ source: text, port: theirs }, '*', [theirs]),
    // Whoever made `source` hears of its failure.
    () => undefined,
  );
  return {
    post: (message) => port.postMessage(message),
    listen(listener) {
      port.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
    },
    close() {
      port.onmessage = null;
      port.close();
      element.remove();
    },
  };
}
