//! Decodes uploads into pixels.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::MediaError;
use crate::profile::Profile;

/// Accepted formats; all others are refused, whatever the file name says.
const FORMATS: [ImageFormat; 4] = [
    ImageFormat::Jpeg,
    ImageFormat::Png,
    ImageFormat::WebP,
    ImageFormat::Gif,
];
/// Memory limit of a decoder: 4096 × 4096 pixels of four 16-bit channels.
const MAX_ALLOC_BYTES: u64 = 128 * 1024 * 1024;

/// Decoded pixels with their orientation.
pub(crate) struct Picture {
    pub(crate) pixels: DynamicImage,
    pub(crate) orientation: Orientation,
}

/// Decodes the first frame to sRGB. The format is detected from the bytes; the size is
/// checked in the header, before any pixel is decoded. Blocks, and may panic on
/// unexpected bytes: the caller runs it where a panic is contained.
pub(crate) fn decode(bytes: &[u8], max_side: u32) -> Result<Picture, MediaError> {
    let unreadable = |error: ImageError| match error {
        ImageError::Limits(_) => MediaError::TooManyPixels(max_side),
        error => {
            tracing::debug!(%error, "a picture was not readable");
            MediaError::Unreadable
        }
    };
    let format = image::guess_format(bytes).map_err(unreadable)?;
    if !FORMATS.contains(&format) || (format == ImageFormat::Jpeg && !is_whole_jpeg(bytes)) {
        return Err(MediaError::Unreadable);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_ALLOC_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(unreadable)?;

    let (width, height) = decoder.dimensions();
    if width.max(height) > max_side {
        return Err(MediaError::TooManyPixels(max_side));
    }
    // Broken metadata are no reason to refuse the pixels.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let profile = profile.as_deref().and_then(Profile::read);
    limits.reserve(decoder.total_bytes()).map_err(unreadable)?;
    decoder.set_limits(limits).map_err(unreadable)?;
    if format == ImageFormat::Jpeg
        && let Some(inks) = profile.as_ref().filter(|profile| profile.is_cmyk())
        && let Some(pixels) = inks.cmyk_jpeg_to_srgb(bytes)
    {
        return Ok(Picture {
            pixels,
            orientation,
        });
    }
    let pixels = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    Ok(Picture {
        pixels: match profile {
            Some(profile) => profile.to_srgb(pixels),
            None => pixels,
        },
        orientation,
    })
}

/// Returns whether a JPEG is complete: the decoder would paint missing data grey. A
/// marker inside the data is escaped, so the first end marker is the end; the segments
/// before the data are skipped, for they may hold a small JPEG.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    const DATA: u8 = 0xda;
    const END: [u8; 2] = [0xff, 0xd9];
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, high, low, ..] = *rest
        && marker != DATA
        && marker != 0xff
    {
        let length = usize::from(u16::from_be_bytes([high, low]));
        rest = rest.get(2 + length..).unwrap_or_default();
    }
    rest.windows(2).any(|pair| pair == END)
}
