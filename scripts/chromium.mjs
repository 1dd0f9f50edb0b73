/** How the browser of this project's tests and measurements is started. Everything that launches one asks here. */

export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Quiet, offline and without a GPU: the same on a desktop, in a container and as root. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const chromiumLaunchOptions = { executablePath: chromiumPath, args: chromiumArgs };
