/** HLS playlists beside an MPD, and in folders below: that they lead to the same bytes, and say of them what is true. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FolderReader } from '../folder-reader.ts';
import type { ReadMedia } from '../read-media.ts';
import { faultOf } from '../unreadable.ts';
import { compare, type Finding } from '../verdict.ts';
import { checkMediaPlaylist, representationOf, stretchOf } from './check-media-playlist.ts';
import { checkMultivariant } from './check-multivariant.ts';
import { type MediaPlaylist, type MultivariantPlaylist, readPlaylist } from './read-playlist.ts';

interface PlaylistContext {
  /** Absolute path of the folder in which MPD and playlists lie. */
  readonly folder: string;
  readonly reader: FolderReader;
  readonly media: readonly ReadMedia[];
}

/** Nothing is found where there are none. */
export async function checkPlaylists({ folder, reader, media }: PlaylistContext): Promise<Finding[]> {
  const names = (await reader.names()).filter((name) => name.endsWith('.m3u8'));
  const findings: Finding[] = [];
  const multivariants: (readonly [string, MultivariantPlaylist])[] = [];
  const byUri = new Map<string, ReadMedia>();
  let targetDuration = 0;
  for (const name of names) {
    try {
      const playlist = await readOne(name, reader);
      if (playlist.kind === 'multivariant') multivariants.push([name, playlist]);
      else {
        const base = pathToFileURL(join(folder, name)).href;
        const checked = await checkOne(name, playlist, { base, reader, media });
        findings.push(...checked.findings);
        if (!checked.media) continue;
        byUri.set(name, checked.media);
        targetDuration = Math.max(targetDuration, playlist.targetDuration);
      }
    } catch (error) {
      findings.push({ check: 'files', looked: 1, faults: [faultOf(error, 'files', { file: name })] });
    }
  }
  for (const [name, playlist] of multivariants) {
    findings.push(...checkMultivariant(name, playlist, { byUri, targetDuration }));
    findings.push(compare('files', { file: name }, missingPlaylists(playlist, names)));
  }
  return findings;
}

async function readOne(name: string, reader: FolderReader): Promise<MultivariantPlaylist | MediaPlaylist> {
  const bytes = await reader.read(name, 0, (await reader.sizeOf(name)) ?? 0);
  return readPlaylist(new TextDecoder().decode(bytes));
}

async function checkOne(
  file: string,
  playlist: MediaPlaylist,
  { base, reader, media }: { base: string; reader: FolderReader; media: readonly ReadMedia[] },
): Promise<{ media?: ReadMedia; findings: readonly Finding[] }> {
  const stretches = [];
  for (const segment of playlist.segments) stretches.push(await stretchOf(segment, base, reader));
  const meant = representationOf(stretches, media);
  if (meant) {
    const findings = await checkMediaPlaylist(file, { playlist, media: meant }, { stretches, base, reader });
    return { media: meant, findings };
  }
  const isText = stretches.every((stretch) => /\.(web)?vtt$/.test(stretch.file));
  const sentence = 'Its segments belong to no representation of the MPD.';
  return { findings: [compare('files', { file }, [[isText && stretches.length > 0, sentence]])] };
}

/** Those beside it or below; one that lies elsewhere is not looked at. */
function missingPlaylists({ variants, media, keyPictures }: MultivariantPlaylist, names: readonly string[]) {
  const named = [...media, ...keyPictures].flatMap((each) => each.get('URI') ?? []);
  const uris = [...variants.map(([, uri]) => uri), ...named];
  return uris
    .filter((uri) => !/^(?:[a-z][a-z0-9+.-]*:|\/|\.\.)/i.test(uri))
    .map((uri) => [names.includes(uri), `It names "${uri}", which is not there.`] as const);
}
