/** How the browser of this project's tests and measurements is started. Everything that launches one asks here. */

import { existsSync } from 'node:fs';

/** Debian's package of Chromium without windows: the same engine, without the work of a shell that nobody sees. */
const windowless = '/usr/bin/chromium-headless-shell';

/** What is there, the quicker first; where there is none, the one that is to be installed. */
export const chromiumPath =
  process.env.CHROMIUM ?? [windowless, '/usr/bin/chromium'].find((place) => existsSync(place)) ?? windowless;

// This list takes the place of Playwright's own, whose quieting part it repeats. The address bar's list of suggestions
// is a page with a renderer of its own: a twentieth of the work of a visit.
const disabledFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
];

/** Quiet, offline and without a GPU: the same on a desktop, in a container and as root. */
export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  // As fonts are drawn on Debian's desktop, so that both packages draw the same letters.
  '--font-render-hinting=slight',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${disabledFeatures.join(',')}`,
];

export const chromiumLaunchOptions = { executablePath: chromiumPath, args: chromiumArgs };
