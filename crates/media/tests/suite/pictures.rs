//! Pictures to upload, honest and hostile.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

/// Red on the left, blue on the right.
pub(crate) fn flag(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    }))
}

/// A red disc on nothing.
pub(crate) fn disc(side: u32) -> DynamicImage {
    let middle = side / 2;
    DynamicImage::ImageRgba8(RgbaImage::from_fn(side, side, |x, y| {
        let inside = x.abs_diff(middle).pow(2) + y.abs_diff(middle).pow(2) < middle.pow(2);
        Rgba([200, 0, 0, if inside { 255 } else { 0 }])
    }))
}

pub(crate) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG as a telephone makes it: turned by 90° and with the place it was taken.
pub(crate) fn photograph(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif()).unwrap();
    picture.write_with_encoder(encoder).unwrap();
    bytes
}

/// Where the photograph was taken.
pub(crate) const PLACE: &[u8] = b"GPS-48.8584N-2.2945E";

/// Little-endian TIFF: orientation 6 (turn by 90° to the right), a description,
/// and a GPS directory with a version and a reference.
fn exif() -> Vec<u8> {
    let mut bytes = b"II\x2a\x00\x08\x00\x00\x00".to_vec();
    let mut directory = |entries: &[(u16, u16, u32, u32)]| {
        bytes.extend(u16::try_from(entries.len()).unwrap().to_le_bytes());
        for (tag, kind, count, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend(kind.to_le_bytes());
            bytes.extend(count.to_le_bytes());
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(0_u32.to_le_bytes());
    };
    // Description at 80, GPS directory at 50; three entries take 8 + 2 + 36 + 4 bytes.
    directory(&[(0x010e, 2, 20, 80), (0x0112, 3, 1, 6), (0x8825, 4, 1, 50)]);
    directory(&[(0, 1, 4, 0x0000_0302), (1, 2, 2, 0x0000_004e)]);
    bytes.extend(PLACE);
    bytes
}

/// A PNG that says it is `side` pixels wide and high and has next to no data.
pub(crate) fn bomb(side: u32) -> Vec<u8> {
    let mut header = side.to_be_bytes().to_vec();
    header.extend(side.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, data) in [
        (b"IHDR", header.as_slice()),
        (b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 1, 0, 1]),
        (b"IEND", &[]),
    ] {
        bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        bytes.extend(name);
        bytes.extend(data);
        bytes.extend(crc32(&[name, data].concat()).to_be_bytes());
    }
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes
        .iter()
        .fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

pub(crate) fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes
        .windows(wanted.len())
        .any(|window| window.eq_ignore_ascii_case(wanted))
}
