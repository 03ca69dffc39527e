// Runs a command of the system to its end: no question, no output, a limit in time, and a reason when it fails.
import { execFile } from 'node:child_process';

/**
 * @typedef {object} Outcome
 * @property {string} stdout
 * @property {string | undefined} fault why it failed, as a short phrase; undefined when it went well
 */

/**
 * @typedef {object} CommandLimits
 * @property {number} timeout seconds
 * @property {AbortSignal} signal
 * @property {string} [cwd]
 */

/**
 * @param {readonly string[]} command the program and its arguments
 * @param {CommandLimits} limits
 * @returns {Promise<Outcome>} also for a program that is missing; rejects only with the signal's reason
 */
export function runCommand([program = '', ...programArguments], { timeout, signal, cwd }) {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      signal,
      timeout: timeout * 1000,
      maxBuffer: 64 * 2 ** 20,
      env: { ...process.env, ...NO_QUESTIONS },
    };
    const child = execFile(program, programArguments, options, (error, stdout, stderr) => {
      if (signal.aborted) reject(signal.reason);
      else resolve({ stdout, fault: error ? faultOf(error, `${stdout}\n${stderr}`, timeout) : undefined });
    });
    child.stdin?.end();
  });
}

const NO_QUESTIONS = { DEBIAN_FRONTEND: 'noninteractive', NONINTERACTIVE: '1', HOMEBREW_NO_AUTO_UPDATE: '1' };

/**
 * The line that says most: npm and apt-get mark theirs, other programs end with it.
 * @param {import('node:child_process').ExecFileException} error
 * @param {string} output
 * @param {number} timeout
 */
function faultOf(error, output, timeout) {
  if (error.code === 'ENOENT') return 'it is not there';
  if (error.code === 'EACCES') return 'it may not be executed';
  if (error.killed) return `it took longer than ${timeout} s`;
  const lines = output.split('\n').flatMap((line) => line.trim() || []);
  const marked = lines.find((line) => /^(E:|npm error (?!code|errno|syscall)|error:)/i.test(line));
  return (
    marked?.replace(/^(npm error|error:|E:) */i, '').replace(/,? caused by$/, '') ??
    lines.at(-1) ??
    `it ended with ${error.signal ?? `exit code ${error.code}`}`
  );
}
