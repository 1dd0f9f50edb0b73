/** How the browser of this project's tests and measurements is started. Everything that launches one asks here. */

export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

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
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${disabledFeatures.join(',')}`,
];

export const chromiumLaunchOptions = { executablePath: chromiumPath, args: chromiumArgs };
