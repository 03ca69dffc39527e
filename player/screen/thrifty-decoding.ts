/** Asks the browser whether a picture costs its device little to decode, as it does in hardware. */

export interface CodedPicture {
  /** MIME type with codecs. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
  /** Bits per second. */
  readonly bandwidth: number;
}

/** False also where the browser does not say (Media Capabilities §2.4). */
export async function isThrifty(picture: CodedPicture): Promise<boolean> {
  const { type: contentType, width, height, frameRate: framerate, bandwidth: bitrate } = picture;
  try {
    const { supported, smooth, powerEfficient } = await navigator.mediaCapabilities.decodingInfo({
      type: 'media-source',
      video: { contentType, width, height, framerate, bitrate },
    });
    return supported && smooth && powerEfficient;
  } catch {
    return false;
  }
}
