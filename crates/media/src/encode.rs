//! Encodes pixels into the stored files. Only pixels go in, so no metadata and no
//! foreign bytes come out.

use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{MulDiv, PixelType, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageResult, RgbaImage};
use sha2::{Digest, Sha256};

use crate::decode::Picture;
use crate::{Format, MediaError, Variant, model};

/// Chosen by eye: the smallest at which product photographs show no blocks.
const JPEG_QUALITY: u8 = 82;

/// An encoded picture with its variants.
pub(crate) struct Encoded {
    /// SHA-256 of the large variant, hexadecimal.
    pub(crate) hash: String,
    pub(crate) format: Format,
    /// Width of the large variant, in pixels.
    pub(crate) width: u32,
    /// Height of the large variant, in pixels.
    pub(crate) height: u32,
    pub(crate) files: [(Variant, Vec<u8>); 3],
}

impl Encoded {
    /// Returns the path of a variant below the media folder.
    pub(crate) fn path(&self, variant: Variant) -> String {
        model::path(&self.hash, variant, self.format.extension())
    }
}

/// Encodes the three variants, each from the next larger one: the full picture is read
/// once and freed, and only the large variant is rotated upright.
pub(crate) fn encode(picture: Picture) -> Result<Encoded, MediaError> {
    let large = fit(picture.pixels.into_rgba8(), Variant::Large)?;
    let mut upright = DynamicImage::ImageRgba8(large);
    upright.apply_orientation(picture.orientation);
    let large = upright.into_rgba8();
    let format = format_of(&large);
    let small = fit(large.clone(), Variant::Small)?;
    let thumb = fit(small.clone(), Variant::Thumb)?;

    let (width, height) = (large.width(), large.height());
    let large = write(large, format)?;
    Ok(Encoded {
        hash: hex::encode(Sha256::digest(&large)),
        format,
        width,
        height,
        files: [
            (Variant::Thumb, write(thumb, format)?),
            (Variant::Small, write(small, format)?),
            (Variant::Large, large),
        ],
    })
}

/// Shrinks `picture` until its longer side fits; never enlarges.
fn fit(picture: RgbaImage, variant: Variant) -> Result<RgbaImage, MediaError> {
    let (width, height) = picture.dimensions();
    let longer = width.max(height);
    if longer <= variant.pixels() {
        return Ok(picture);
    }
    // A side never grows, so it stays within u32; a hair's breadth stays 1 px.
    let scaled = |side: u32| {
        let exact = u64::from(side) * u64::from(variant.pixels()) / u64::from(longer);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    resample(picture, scaled(width), scaled(height)).ok_or(MediaError::Unreadable)
}

/// Resamples to `width` × `height`. Colours are weighted by their alpha, in place: the
/// resizer itself would do that on a copy of the full picture (64 MiB).
fn resample(picture: RgbaImage, width: u32, height: u32) -> Option<RgbaImage> {
    let (from_width, from_height) = picture.dimensions();
    let bytes = picture.into_raw();
    let mut from = Pixels::from_vec_u8(from_width, from_height, bytes, PixelType::U8x4).ok()?;
    let mut to = Pixels::new(width, height, PixelType::U8x4);
    let alpha = MulDiv::new();
    alpha.multiply_alpha_inplace(&mut from).ok()?;
    let options = ResizeOptions::new().use_alpha(false);
    Resizer::new().resize(&from, &mut to, &options).ok()?;
    alpha.divide_alpha_inplace(&mut to).ok()?;
    RgbaImage::from_raw(width, height, to.into_vec())
}

/// Chooses the format: an alpha channel is kept only where a pixel is transparent.
fn format_of(picture: &RgbaImage) -> Format {
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        Format::Jpeg
    } else {
        Format::WebP
    }
}

fn write(picture: RgbaImage, format: Format) -> Result<Vec<u8>, MediaError> {
    let mut file = Vec::new();
    let written: ImageResult<()> = match format {
        Format::Jpeg => {
            let opaque = DynamicImage::ImageRgba8(picture).into_rgb8();
            opaque.write_with_encoder(JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY))
        }
        Format::WebP => picture.write_with_encoder(WebPEncoder::new_lossless(&mut file)),
    };
    written.map_err(|error| {
        tracing::warn!(%error, "a picture could not be encoded");
        MediaError::Unreadable
    })?;
    Ok(file)
}
