// Installs programs with the system's package manager, where that needs no question.
import { readFileSync } from 'node:fs';
import { onPath } from './on-path.mjs';

/**
 * @typedef {object} PackageManager
 * @property {string} name its command
 * @property {boolean} needsRoot
 * @property {readonly string[]} [refresh] arguments that renew its lists, where a fresh machine has none
 * @property {readonly string[]} install arguments before the packages
 * @property {Readonly<Record<'ffmpeg' | 'chromium', readonly string[]>>} packages none where it has no good one
 */

/**
 * In the order in which they are looked for. pacman renews no lists: installing after `-Sy` alone is a partial upgrade,
 * which may break the rest of the system.
 * @type {readonly PackageManager[]}
 */
export const PACKAGE_MANAGERS = [
  {
    name: 'apt-get',
    needsRoot: true,
    refresh: ['-qq', '-o', 'Acquire::http::Timeout=20', 'update'],
    install: ['-qq', '-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends'],
    packages: { ffmpeg: ['ffmpeg'], chromium: ['chromium', 'fonts-liberation'] },
  },
  {
    name: 'dnf',
    needsRoot: true,
    install: ['install', '-y'],
    packages: { ffmpeg: ['ffmpeg'], chromium: ['chromium'] },
  },
  {
    name: 'apk',
    needsRoot: true,
    install: ['add', '--no-cache'],
    packages: { ffmpeg: ['ffmpeg'], chromium: ['chromium', 'font-liberation'] },
  },
  {
    name: 'pacman',
    needsRoot: true,
    install: ['-S', '--noconfirm', '--needed'],
    packages: { ffmpeg: ['ffmpeg'], chromium: ['chromium'] },
  },
  {
    name: 'brew',
    needsRoot: false,
    install: ['install', '--quiet'],
    packages: { ffmpeg: ['ffmpeg'], chromium: ['--cask', 'google-chrome'] },
  },
];

/**
 * @typedef {object} Facts
 * @property {(command: string) => boolean} has whether the command is on PATH
 * @property {boolean} isRoot
 * @property {() => Promise<boolean>} canSudo whether sudo works without a password; asked only when it matters
 * @property {string} osRelease text of `/etc/os-release`; empty where there is none
 */

/**
 * The commands that install a program here, in order; undefined when there is no package manager that does it without a
 * question. Ubuntu's chromium is a stub for a snap, which neither containers nor Playwright can run: it counts as none.
 * brew refuses to run as root.
 * @param {'ffmpeg' | 'chromium'} program
 * @param {Facts} facts
 * @returns {Promise<{ name: string, commands: readonly (readonly string[])[] } | undefined>}
 */
export async function planInstallation(program, { has, isRoot, canSudo, osRelease }) {
  const manager = PACKAGE_MANAGERS.find(({ name, needsRoot }) => has(name) && (needsRoot || !isRoot));
  if (!manager) return undefined;
  if (program === 'chromium' && manager.name === 'apt-get' && isUbuntu(osRelease)) return undefined;
  if (manager.needsRoot && !isRoot && !(has('sudo') && (await canSudo()))) return undefined;
  // sudo keeps few variables: those that keep apt-get from asking are handed through.
  const prefix = manager.needsRoot && !isRoot ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : [];
  const steps = manager.refresh ? [manager.refresh] : [];
  return {
    name: manager.name,
    commands: [...steps, [...manager.install, ...manager.packages[program]]].map((step) => [
      ...prefix,
      manager.name,
      ...step,
    ]),
  };
}

/** @param {string} osRelease */
function isUbuntu(osRelease) {
  return /^ID(_LIKE)?=.*\bubuntu\b/m.test(osRelease);
}

/**
 * The way that installs a program; where it is then is for the caller to know.
 * @param {'ffmpeg' | 'chromium'} program
 * @param {import('./prepare.mjs').Context} context
 */
export function bySystem(program, { isRoot, run }) {
  const facts = {
    has: (/** @type {string} */ command) => onPath(command).length > 0,
    isRoot,
    canSudo: async () => (await run(['sudo', '-n', 'true'], { timeout: 10 })).fault === undefined,
    osRelease: readOsRelease(),
  };
  return {
    doing: `installing ${program} with the package manager`,
    install: async () => {
      const plan = await planInstallation(program, facts);
      if (!plan) return 'none can do it here without a question';
      let fault;
      for (const command of plan.commands) ({ fault } = await run(command, { timeout: 900 }));
      return fault;
    },
  };
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
