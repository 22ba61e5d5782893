/** Pictures of the browser's own making. */

/** A JPEG of `colour`, as the bytes of a file. */
export async function picture(page, colour, { width = 900, height = 900 } = {}) {
  const text = await page.evaluate(([fill, wide, high]) => {
    const canvas = document.createElement('canvas');
    canvas.width = wide;
    canvas.height = high;
    const context = canvas.getContext('2d');
    context.fillStyle = fill;
    context.fillRect(0, 0, wide / 2, high);
    return canvas.toDataURL('image/jpeg').split(',')[1];
  }, [colour, width, height]);
  return Buffer.from(text, 'base64');
}
