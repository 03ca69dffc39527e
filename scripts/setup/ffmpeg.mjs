// The ways to ffmpeg and ffprobe, and what they must be able to do.
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npmCommand } from './npm-packages.mjs';
import { isFile } from './on-path.mjs';

/** @typedef {import('./find-tool.mjs').Tool} Tool */
/** @typedef {import('./find-tool.mjs').Way} Way */

/** @type {Tool} */
export const FFMPEG = {
  variable: 'FFMPEG_PATH',
  wanted: 'ffmpeg that encodes H.264 and AAC',
  advice: 'Install ffmpeg with libx264 (https://ffmpeg.org/download.html)',
};

/** @type {Tool} */
export const FFPROBE = {
  variable: 'FFPROBE_PATH',
  wanted: 'ffprobe',
  advice: 'Install ffprobe, which comes with ffmpeg (https://ffmpeg.org/download.html)',
};

const ENCODERS = ['libx264', 'aac'];

/**
 * What is wrong with the ffmpeg at `path`; undefined when nothing is.
 * @param {string} path
 * @param {import('./prepare.mjs').Run} run
 */
export async function inspectFfmpeg(path, run) {
  const { stdout, fault } = await run([path, '-hide_banner', '-encoders'], { timeout: 20 });
  if (fault !== undefined) return `it does not run (${fault})`;
  const missing = ENCODERS.filter((encoder) => !new RegExp(`^ [VA]\\S+ ${encoder} `, 'm').test(stdout));
  return missing.length > 0 ? `it lacks the encoder ${missing.join(' and ')}` : undefined;
}

/**
 * @param {string} path
 * @param {import('./prepare.mjs').Run} run
 */
export async function inspectFfprobe(path, run) {
  const { stdout, fault } = await run([path, '-version'], { timeout: 20 });
  if (fault !== undefined) return `it does not run (${fault})`;
  return stdout.startsWith('ffprobe version') ? undefined : 'it is not ffprobe';
}

/**
 * The ffprobe that belongs to the ffmpeg which the environment names.
 * @param {string | undefined} ffmpeg
 */
export function besideFfmpeg(ffmpeg = process.env[FFMPEG.variable]) {
  return ffmpeg ? [join(dirname(ffmpeg), fileName('ffprobe'))].filter(isFile) : [];
}

/** @param {string} name */
function fileName(name) {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/**
 * The binaries that ship inside npm packages, fetched into `.tools` only when the system offers nothing: they are old and
 * large, but need neither rights nor anything installed.
 * @param {'ffmpeg' | 'ffprobe'} name
 * @param {import('./prepare.mjs').Context} context
 * @returns {{ there: Way, fetched: Way }}
 */
export function shippedInNpm(name, { root, run }) {
  const system = `${process.platform}-${process.arch}`;
  // A folder for each: npm removes from a folder what the latest installation did not ask for.
  const folder = join(root, '.tools', name);
  const binary = join(folder, 'node_modules', `@${name}-installer`, system, fileName(name));
  const fetchPackage = async () => {
    mkdirSync(folder, { recursive: true });
    const package_ = `@${name}-installer/${name}@${PACKAGE_VERSIONS[name]}`;
    const { fault } = await run(
      [...npmCommand(), 'install', ...FETCH_OPTIONS, '--prefix', folder, package_],
      { timeout: 600, cwd: folder },
    );
    if (fault !== undefined) return fault;
    if (!isFile(binary)) return `it ships none for ${system}`;
    chmodSync(binary, 0o755);
    return undefined;
  };
  const paths = () => (isFile(binary) ? [binary] : []);
  const doing = `fetching the ${name} of the npm package @${name}-installer/${name}`;
  return { there: { paths }, fetched: { paths, plan: async () => ({ doing, run: fetchPackage }) } };
}

const PACKAGE_VERSIONS = { ffmpeg: '1.1.0', ffprobe: '2.1.2' };

const FETCH_OPTIONS = ['--ignore-scripts', '--no-save', '--no-package-lock', '--no-audit', '--no-fund'];
