/** Picture files before they are sent: what the shop would refuse is told at once. */

/** @typedef {'pictureKind' | 'pictureSize' | 'picturePixels' | 'pictureBroken'} PictureFault */

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
export const PICTURE_BYTES = 8 * 1024 * 1024;
const PIXELS = 4096;

/** @param {{type: string, size: number}} file @returns {PictureFault | null} */
export function fileFault({ type, size }) {
  if (!PICTURE_TYPES.includes(type)) return 'pictureKind';
  return size > PICTURE_BYTES ? 'pictureSize' : null;
}

/**
 * Looks into the file: its size in pixels, and whether it is a picture at all.
 * @param {File} file
 * @returns {Promise<PictureFault | null>}
 */
export async function pictureFault(file) {
  const fault = fileFault(file);
  if (fault) return fault;
  try {
    const picture = await createImageBitmap(file), large = Math.max(picture.width, picture.height) > PIXELS;
    picture.close();
    return large ? 'picturePixels' : null;
  } catch {
    return 'pictureBroken';
  }
}
