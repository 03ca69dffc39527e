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
 * The commands that install a program here, in order, or why nothing does without a question. Ubuntu's chromium is a stub
 * for a snap, which neither containers nor Playwright can run: it counts as none. brew refuses to run as root.
 * @param {'ffmpeg' | 'chromium'} program
 * @param {Facts} facts
 * @returns {Promise<{ manager: string, commands: readonly (readonly string[])[] } | { hindrance: string }>}
 */
export async function planInstallation(program, { has, isRoot, canSudo, osRelease }) {
  const manager = PACKAGE_MANAGERS.find(({ name, needsRoot }) => has(name) && (needsRoot || !isRoot));
  if (!manager) return { hindrance: 'there is no package manager that set-up knows' };
  const { name, needsRoot, refresh, install, packages } = manager;
  if (program === 'chromium' && name === 'apt-get' && isUbuntu(osRelease)) {
    return { hindrance: 'apt-get has chromium only as a snap here' };
  }
  if (needsRoot && !isRoot && !(has('sudo') && (await canSudo()))) {
    return { hindrance: `${name} needs root to install ${program}` };
  }
  // sudo keeps few variables: the one that keeps apt-get from asking is handed through.
  const prefix = needsRoot && !isRoot ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : [];
  const steps = [...(refresh ? [refresh] : []), [...install, ...packages[program]]];
  return { manager: name, commands: steps.map((step) => [...prefix, name, ...step]) };
}

/** @param {string} osRelease */
function isUbuntu(osRelease) {
  return /^ID(_LIKE)?=.*\bubuntu\b/m.test(osRelease);
}

/**
 * A way's plan; where the program is afterwards is for the caller to know. Lists that cannot be renewed do not hinder the
 * installation itself: it says more clearly what is wrong.
 * @param {'ffmpeg' | 'chromium'} program
 * @param {import('./prepare.mjs').Context} context
 * @returns {() => Promise<import('./find-tool.mjs').Installation>}
 */
export function bySystem(program, { isRoot, run }) {
  const facts = {
    has: (/** @type {string} */ command) => onPath(command).length > 0,
    isRoot,
    canSudo: async () => (await run(['sudo', '-n', 'true'], { timeout: 10 })).fault === undefined,
    osRelease: readOsRelease(),
  };
  return async () => {
    const plan = await planInstallation(program, facts);
    if ('hindrance' in plan) return plan;
    const install = async () => {
      let fault;
      for (const command of plan.commands) ({ fault } = await run(command, { timeout: 900 }));
      return fault;
    };
    return { doing: `installing ${program} with ${plan.manager}`, run: install };
  };
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
