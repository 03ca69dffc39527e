/** `npm run token`: the address of one title, for those who may see it and for a time. */
import { signToken } from '../server/origin/access-token.ts';
import { makeKeyLine, readTokenKeys } from '../server/origin/token-keys.ts';
import { readTokenFlags, TOKEN_HELP, type TokenRequest, TokenUsageError } from './token/token-flags.ts';

try {
  const request = readTokenFlags(process.argv.slice(2), process.env, Date.now() / 1000);
  if (!request) console.log(TOKEN_HELP);
  else if (request.kind === 'make-key') console.log(makeKeyLine(request.id));
  else await printAddress(request);
} catch (error) {
  const isUsage = error instanceof TokenUsageError;
  for (const sentence of (error instanceof Error ? error.message : String(error)).split('\n')) {
    console.error(`weir: ${sentence}`);
  }
  process.exitCode = isUsage ? 2 : 1;
}

/** The address alone on stdout; the rest is for people. */
async function printAddress(request: TokenRequest & { readonly kind: 'sign' }): Promise<void> {
  const { title, expires, base } = request;
  const [key] = await readTokenKeys(request.keys);
  if (!key) throw new Error(`There is no key in ${request.keys}.`);
  const mpd = `${base}t/${signToken({ title, expires }, key)}/media/${title}/manifest.mpd`;
  console.log(mpd);
  console.error(`Good until ${new Date(expires * 1000).toISOString()}. To watch it: ${base}play?mpd=${mpd}`);
}
