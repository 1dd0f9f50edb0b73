import express from 'express';

/** Opens a desk: `sell` says which seat, or none when nothing can be sold now. What the desk hears besides is up to it. */
export function openDesk(port: number, sell: () => Promise<number | undefined>) {
  const app = express();
  app.post('/tickets', async (_request, response) => {
    const seat = await sell();
    if (seat === undefined) response.sendStatus(503);
    else response.status(201).json({ seat });
  });
  app.listen(port);
  return app;
}
