/** Finds out what this ffmpeg can do for one input, before anything is encoded. */
import type { BuildOptions, BuildRequest } from '../build-request.ts';
import { knowsOption } from './ask-ffmpeg.ts';
import { canConvertLight } from './can-convert-light.ts';
import { type Encoders, findEncoders } from './encoders.ts';

export interface Abilities extends Encoders {
  /** Whether it has the filters for HDR and other primaries; false for a picture that needs none. */
  readonly canConvertLight: boolean;
  /** Whether it has `zscale`, which scales for a third of what its own filter costs. */
  readonly hasZscale: boolean;
}

/** @throws PackagingError `encoder-missing`; ToolError when ffmpeg cannot be asked; the signal's reason. */
export async function findAbilities(
  { input, tools, config }: Pick<BuildRequest, 'input' | 'tools' | 'config'>,
  options: Pick<BuildOptions, 'signal' | 'onNotice'>,
): Promise<Abilities> {
  const wanted = input.video ? { codecs: config.codecs, picture: input.video.display } : { codecs: [] };
  const encoders = await findEncoders(wanted, tools, options);
  return {
    ...encoders,
    canConvertLight: await canConvertLight(input, tools, options),
    hasZscale:
      input.video !== undefined && (await knowsOption('filter=zscale', 'param_a', tools, options.signal)),
  };
}
