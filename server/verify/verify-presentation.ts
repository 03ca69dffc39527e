/**
 * Checks every claim of a DASH presentation on disk against its boxes and files: ours in both layouts, and those of other
 * packagers. Whatever is wrong is data; hostile files are findings, not errors.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkDigests } from './check-digests.ts';
import { checkTitle } from './check-title.ts';
import { checkWhole } from './check-whole.ts';
import { type Claim, type Claims, readClaims } from './claims.ts';
import { type FoundMpd, findMpd } from './find-mpd.ts';
import { createFolderReader, type FolderReader, UnreadableError } from './folder-reader.ts';
import { checkPlaylists } from './hls/check-playlists.ts';
import type { ReadMedia } from './read-media.ts';
import { faultOf } from './unreadable.ts';
import { allFaults, type Fault, type Finding, faultsIn, lookedAt, type Verdict } from './verdict.ts';
import { verifyPeriod } from './verify-period.ts';

export interface VerifyOptions {
  readonly signal: AbortSignal;
  /** Also reads all media and compares their SHA-256 with those that the title gives. Default: headers alone. */
  readonly isFull?: boolean;
  /** Whether it is to keep all rules of our own titles. Default: when a `title.json` lies beside it. */
  readonly isTitle?: boolean;
}

/**
 * `path` is an MPD, or a folder that holds one.
 * @throws the signal's reason.
 */
export async function verifyPresentation(path: string, options: VerifyOptions): Promise<Verdict> {
  const found = await findMpd(path);
  if ('fault' in found) return refused(path, { check: 'files', sentence: found.fault });
  const reader = createFolderReader(found.folder);
  try {
    const claims = await readMpdFile(found, reader);
    return await verifyClaims(found, claims, reader, options);
  } catch (error) {
    options.signal.throwIfAborted();
    return refused(found.name, faultOf(error, 'files', { file: found.name }));
  } finally {
    await reader.close();
  }
}

type PlacedMpd = Exclude<FoundMpd, { fault: string }>;

async function readMpdFile({ folder, name }: PlacedMpd, reader: FolderReader): Promise<Claims> {
  const size = await reader.sizeOf(name);
  if (size === undefined) throw new UnreadableError('It is no regular file.');
  const bytes = await reader.read(name, 0, size);
  return readClaims(new TextDecoder().decode(bytes), pathToFileURL(join(folder, name)).href);
}

async function verifyClaims(
  { folder, name }: PlacedMpd,
  claims: Claims,
  reader: FolderReader,
  options: VerifyOptions,
): Promise<Verdict> {
  const title = await checkTitle(claims, reader, options);
  const findings: Finding[] = [...title.findings];
  const media: ReadMedia[] = [];
  for (const period of claims.periods) {
    const read = await verifyPeriod(period, claims, {
      reader,
      signal: options.signal,
      isTitle: options.isTitle ?? title.isTitle,
      isFull: options.isFull ?? false,
    });
    findings.push(...read.findings);
    media.push(...read.media);
  }
  findings.push(...checkWhole(claims, media), ...(await checkPlaylists({ folder, reader, media })));
  findings.push(...(await checkDigests(media, reader, options)));
  return judge(name, claims, findings);
}

function judge(name: string, claims: Claims, findings: readonly Finding[]): Verdict {
  const all = claims.periods.flatMap(({ sets }) => sets.flatMap(({ representations }) => representations));
  const representations = all.map((claim) => {
    const own = findings.filter(({ representation }) => representation === claim.id);
    const looked = lookedAt(own);
    return {
      id: claim.id,
      contentType: claim.contentType,
      segments: looked.files ?? 0,
      looked,
      faults: [...faultsIn(own), ...faultsOfNothing(claim, own)],
    };
  });
  const whole = findings.filter(({ representation }) => representation === undefined);
  const none: Fault[] =
    all.length > 0 ? [] : [{ check: 'files', sentence: 'It has nothing that can be looked at.' }];
  const verdict = {
    name,
    representations,
    looked: lookedAt(whole),
    faults: [...faultsIn(whole), ...none],
    remarks: claims.remarks,
  };
  return { ...verdict, isSound: allFaults({ ...verdict, isSound: true }).length === 0 };
}

/** A check that looked at nothing has not passed. */
function faultsOfNothing({ id }: Claim, findings: readonly Finding[]): Fault[] {
  const isLookedAt = findings.some(({ looked, faults }) => looked > 0 || faults.length > 0);
  return isLookedAt ? [] : [{ check: 'files', representation: id, sentence: 'Nothing of it was looked at.' }];
}

function refused(name: string, fault: Fault): Verdict {
  return {
    isSound: false,
    name,
    representations: [],
    looked: { [fault.check]: 1 },
    faults: [fault],
    remarks: [],
  };
}
