// Prepares what this machine lacks (npm packages, ffmpeg, a browser), then runs one of our scripts in this same process.
//
//   node scripts/setup.mjs [--with-browser] [--without-ffmpeg] [--run SCRIPT [ARGUMENT…]]
//
// It runs before anything is installed: Node's own modules alone, here and in `setup/`. When nothing is missing it says
// nothing and costs a few milliseconds. What follows SCRIPT belongs to the script.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Weir needs Node 20.19 or later and this is ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
  process.exit(1);
}

// Imported only now: an older Node would stumble over their syntax before it could say the sentence above.
const { readRequest } = await import('./setup/request.mjs');
const { prepare } = await import('./setup/prepare.mjs');
const { SetupError } = await import('./setup/setup-error.mjs');
const { runScript } = await import('./setup/run-script.mjs');

const interruption = new AbortController();
const interrupt = () =>
  interruption.abort(new SetupError('Set-up was interrupted; the next start continues it.'));
process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

try {
  const request = readRequest(process.argv.slice(2));
  await prepare(request, interruption.signal);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  if (request.script !== undefined) await runScript(request.script, request.arguments);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`weir: ${error.message}`);
  process.exitCode = interruption.signal.aborted ? 130 : 1;
}
