/** Runs scripts in a worker where nothing was locked away: what is left is the frame's policy and origin alone. */
const realm = globalThis as unknown as { take: (run: () => unknown) => void; importScripts: (url: string) => void };

addEventListener('message', ({ data: port }: MessageEvent<MessagePort>) => {
  port.onmessage = async ({ data: script }: MessageEvent<string>) => {
    let answer: unknown;
    const url = URL.createObjectURL(new Blob([`take(${script})`], { type: 'text/javascript' }));
    try {
      let run: (() => unknown) | undefined;
      realm.take = (taken) => (run = taken);
      realm.importScripts(url);
      answer = await run?.();
    } catch (error) {
      answer = { thrown: String(error) };
    }
    port.postMessage({ answer });
  };
  port.postMessage({ answer: 'ready' });
});
