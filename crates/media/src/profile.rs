//! Colour management: pixels of any ICC profile become sRGB, because a file
//! without a profile is shown as sRGB and the stored files carry none.

use std::sync::Arc;

use image::{DynamicImage, ImageBuffer, Pixel, RgbImage};
use moxcms::{CmsError, ColorProfile, DataColorSpace, Layout, TransformExecutor, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// A valid ICC profile.
pub(crate) struct Profile(ColorProfile);

type Transform<T> = Result<Arc<dyn TransformExecutor<T> + Send + Sync>, CmsError>;

impl Profile {
    /// Parses an ICC profile; `None` for a broken one, which is no reason to refuse the
    /// pixels.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        ColorProfile::new_from_slice(bytes)
            .inspect_err(|error| tracing::debug!(%error, "a colour profile was not readable"))
            .ok()
            .map(Self)
    }

    /// Returns whether the profile is of a CMYK printer.
    pub(crate) fn is_cmyk(&self) -> bool {
        self.0.color_space == DataColorSpace::Cmyk
    }

    /// Converts pixels that this profile describes to sRGB. Pixels that it cannot
    /// describe (a profile of greys beside colours) stay as they are.
    pub(crate) fn to_srgb(&self, pixels: DynamicImage) -> DynamicImage {
        match (self.0.color_space, pixels) {
            (DataColorSpace::Rgb, pixels) => self.rgb_to_srgb(pixels),
            (DataColorSpace::Gray, pixels) => self.grey_to_srgb(pixels),
            (_, pixels) => pixels,
        }
    }

    fn rgb_to_srgb(&self, mut pixels: DynamicImage) -> DynamicImage {
        let converted = match &mut pixels {
            DynamicImage::ImageRgb8(picture) => in_place(picture, &self.bits8(Layout::Rgb)),
            DynamicImage::ImageRgba8(picture) => in_place(picture, &self.bits8(Layout::Rgba)),
            DynamicImage::ImageRgb16(picture) => in_place(picture, &self.bits16(Layout::Rgb)),
            DynamicImage::ImageRgba16(picture) => in_place(picture, &self.bits16(Layout::Rgba)),
            _ => Ok(()),
        };
        log_failure(converted);
        pixels
    }

    /// Greys of 8 and 16 bits, with and without alpha. The result has 16 bits, so
    /// that a profile with a steep curve loses nothing in the shadows.
    fn grey_to_srgb(&self, pixels: DynamicImage) -> DynamicImage {
        let (from, to) = match &pixels {
            DynamicImage::ImageLuma8(_) | DynamicImage::ImageLuma16(_) => {
                (Layout::Gray, Layout::Rgb)
            }
            DynamicImage::ImageLumaA8(_) | DynamicImage::ImageLumaA16(_) => {
                (Layout::GrayAlpha, Layout::Rgba)
            }
            _ => return pixels,
        };
        let (width, height) = (pixels.width(), pixels.height());
        let transform = self.between16(from, to);
        let converted = if from == Layout::Gray {
            let greys = pixels.to_luma16().into_raw();
            apply(&greys, &transform, 1, 3)
                .map(|rgb| ImageBuffer::from_raw(width, height, rgb).map(DynamicImage::ImageRgb16))
        } else {
            let greys = pixels.to_luma_alpha16().into_raw();
            apply(&greys, &transform, 2, 4).map(|rgba| {
                ImageBuffer::from_raw(width, height, rgba).map(DynamicImage::ImageRgba16)
            })
        };
        match converted {
            Ok(Some(converted)) => converted,
            Ok(None) => pixels,
            Err(error) => {
                log_failure(Err(error));
                pixels
            }
        }
    }

    /// Decodes a JPEG of inks and converts it to sRGB; `None` when the JPEG has no
    /// four inks, or the profile cannot be applied. The caller has judged the size.
    ///
    /// Inks are stored inverted (0 is full ink), as Adobe's programs do and every
    /// reader assumes; YCCK is the same with three inks turned into YCbCr
    /// (Adobe Technical Note 5116).
    pub(crate) fn cmyk_jpeg_to_srgb(&self, jpeg: &[u8]) -> Option<DynamicImage> {
        let options = DecoderOptions::default()
            .set_strict_mode(false)
            .set_max_width(usize::MAX)
            .set_max_height(usize::MAX);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(jpeg), options);
        decoder.decode_headers().ok()?;
        let space = decoder.input_colorspace()?;
        if !matches!(space, ColorSpace::CMYK | ColorSpace::YCCK) {
            return None;
        }
        // As they are stored: the decoder's own way to RGB knows no profile.
        decoder.set_options(decoder.options().jpeg_set_out_colorspace(space));
        let (width, height) = decoder.dimensions()?;
        let mut inks = decoder.decode().ok()?;
        if space == ColorSpace::YCCK {
            inks.chunks_exact_mut(4).for_each(ycck_to_inverted_cmyk);
        }
        for ink in &mut inks {
            *ink = u8::MAX - *ink;
        }
        let transform = self.0.create_transform_8bit(
            Layout::Rgba,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        );
        let rgb = apply(&inks, &transform, 4, 3)
            .inspect_err(|error| tracing::debug!(%error, "a colour profile could not be applied"))
            .ok()?;
        let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        RgbImage::from_raw(width, height, rgb).map(DynamicImage::ImageRgb8)
    }

    fn bits8(&self, layout: Layout) -> Transform<u8> {
        let srgb = ColorProfile::new_srgb();
        self.0
            .create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
    }

    fn bits16(&self, layout: Layout) -> Transform<u16> {
        self.between16(layout, layout)
    }

    fn between16(&self, from: Layout, to: Layout) -> Transform<u16> {
        let srgb = ColorProfile::new_srgb();
        self.0
            .create_transform_16bit(from, &srgb, to, TransformOptions::default())
    }
}

fn log_failure(converted: Result<(), CmsError>) {
    if let Err(error) = converted {
        tracing::debug!(%error, "a colour profile could not be applied");
    }
}

/// Row by row: a second full picture would take 64 to 128 MiB.
fn in_place<P>(
    picture: &mut ImageBuffer<P, Vec<P::Subpixel>>,
    transform: &Transform<P::Subpixel>,
) -> Result<(), CmsError>
where
    P: Pixel,
    P::Subpixel: Copy + Default,
{
    let transform = transform.as_ref().map_err(Clone::clone)?;
    let samples = usize::from(P::CHANNEL_COUNT);
    let row = samples * usize::try_from(picture.width()).unwrap_or(usize::MAX / samples);
    let mut before = Vec::with_capacity(row);
    for row in picture.chunks_exact_mut(row.max(1)) {
        before.clear();
        before.extend_from_slice(row);
        transform.transform(&before, row)?;
    }
    Ok(())
}

/// Converts pixels of `from` samples into pixels of `to` samples.
fn apply<T: Copy + Default>(
    samples: &[T],
    transform: &Transform<T>,
    from: usize,
    to: usize,
) -> Result<Vec<T>, CmsError> {
    let transform = transform.as_ref().map_err(Clone::clone)?;
    let mut converted = vec![T::default(); samples.len() / from * to];
    transform.transform(samples, &mut converted)?;
    Ok(converted)
}

/// ITU-T T.871 (JFIF), full range, in 16.16 fixed point; the three inks come out inverted.
fn ycck_to_inverted_cmyk(pixel: &mut [u8]) {
    let [y, cb, cr, _] = pixel else { return };
    let luma = i32::from(*y) << 16;
    let (blue, red) = (i32::from(*cb) - 128, i32::from(*cr) - 128);
    let byte = |value: i32| u8::try_from(((value + 0x8000) >> 16).clamp(0, 255)).unwrap_or(0);
    *y = u8::MAX - byte(luma + 91_881 * red);
    *cb = u8::MAX - byte(luma - 22_554 * blue - 46_802 * red);
    *cr = u8::MAX - byte(luma + 116_130 * blue);
}
