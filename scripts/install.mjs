import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chromiumPath } from './chromium.mjs';
import { inProject, root } from './project.mjs';

const lockfile = inProject('package-lock.json');
/** npm's own note of what it installed; it vanishes with the folder. */
const npmNote = inProject('node_modules', '.package-lock.json');
const marker = inProject('node_modules', '.installed-lockfile');

const digest = () => createHash('sha256').update(readFileSync(lockfile)).digest('hex');

function isInstalled() {
  if (!existsSync(npmNote)) return false;
  if (existsSync(marker) && readFileSync(marker, 'utf8') === digest()) return true;
  // Installed by hand with npm, after the lockfile was last written.
  return statSync(npmNote).mtimeMs >= statSync(lockfile).mtimeMs;
}

/**
 * Installs the dependencies when there are none or when they are those of another lockfile; otherwise touches no
 * network. Everything it says goes to stderr, since some commands own their stdout.
 */
export function ensureInstalled() {
  if (!isInstalled()) {
    console.error('Installing dependencies (npm ci) …');
    const npm = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--include=dev'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    if (npm.status !== 0) {
      console.error('npm ci did not succeed; what it says stands above.');
      process.exit(1);
    }
  }
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== digest()) writeFileSync(marker, digest());
}

function chromiumRuns() {
  try {
    accessSync(chromiumPath, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {boolean} whether there is a Chromium now; if not, it has said what to do. */
export function ensureChromium() {
  if (chromiumRuns()) return true;
  const command = 'apt-get update && apt-get install -y chromium-headless-shell';
  if (process.getuid?.() === 0 && !process.env.CHROMIUM) {
    console.error(`Installing Chromium (${command}) …`);
    spawnSync('bash', ['-c', command], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (chromiumRuns()) return true;
  }
  console.error(`There is no Chromium at ${chromiumPath}. Run this once:\n\n  sudo sh -c '${command}'\n`);
  console.error('or set CHROMIUM to the path of another one.');
  return false;
}
