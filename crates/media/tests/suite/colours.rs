//! Pictures keep their colours: what a colour-managed viewer shows of the upload is
//! what any viewer shows of the stored file. Distances are ΔE (CIE 1976).

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageBuffer, ImageEncoder, Luma, LumaA, Rgb, RgbImage, Rgba};
use moxcms::ColorProfile;
use stampede_media::Variant;

use crate::shop::TestShop;

type Matrix = [[f64; 3]; 3];

/// Linear sRGB to XYZ under D50, as all three: Bruce Lindbloom, "RGB/XYZ matrices".
const SRGB: Matrix = [
    [0.436_074_7, 0.385_064_9, 0.143_080_4],
    [0.222_504_5, 0.716_878_6, 0.060_616_9],
    [0.013_932_2, 0.097_104_5, 0.714_173_3],
];
const DISPLAY_P3: Matrix = [
    [0.515_102, 0.291_965, 0.157_153],
    [0.241_182, 0.692_236, 0.066_581_9],
    [-0.001_049_41, 0.041_881_8, 0.784_378],
];
const ADOBE_RGB: Matrix = [
    [0.609_755_9, 0.205_240_1, 0.149_224_0],
    [0.311_124_2, 0.625_656_0, 0.063_219_7],
    [0.019_481_1, 0.060_890_2, 0.744_838_7],
];
/// The furthest that a stored colour may be from the one that was sent.
const FURTHEST: f64 = 3.0;

fn srgb_curve(value: f64) -> f64 {
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn adobe_curve(value: f64) -> f64 {
    value.powf(563.0 / 256.0)
}

/// CIE L*a*b* of a colour with the given primaries and curve, `rgb` from 0 to 1.
fn lab(rgb: [f64; 3], matrix: &Matrix, curve: fn(f64) -> f64) -> [f64; 3] {
    let white = [0.964_22, 1.0, 0.825_21];
    let linear = rgb.map(curve);
    let mut f = [0.0; 3];
    for (row, (weights, white)) in matrix.iter().zip(white).enumerate() {
        let sum: f64 = weights.iter().zip(linear).map(|(w, c)| w * c).sum();
        let relative = sum / white;
        f[row] = if relative > 216.0 / 24_389.0 {
            relative.cbrt()
        } else {
            (24_389.0 / 27.0 * relative + 16.0) / 116.0
        };
    }
    let [x, y, z] = f;
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn bytes(rgb: [u8; 3]) -> [f64; 3] {
    rgb.map(|value| f64::from(value) / 255.0)
}

#[track_caller]
fn assert_looks_like(stored: [u8; 3], sent: [f64; 3]) {
    let seen = lab(bytes(stored), &SRGB, srgb_curve);
    let distance: f64 = seen.iter().zip(sent).map(|(a, b)| (a - b).powi(2)).sum();
    assert!(
        distance.sqrt() <= FURTHEST,
        "{stored:?} is {seen:?}, not {sent:?}"
    );
}

async fn stored(file: Vec<u8>) -> DynamicImage {
    let shop = TestShop::open().await;
    let image = shop.media.add(file).await.unwrap();
    shop.pixels(&image, Variant::Large)
}

fn centre(picture: &DynamicImage) -> [u8; 3] {
    let rgb = picture.to_rgb8();
    rgb.get_pixel(rgb.width() / 2, rgb.height() / 2).0
}

fn plain(colour: [u8; 3]) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_pixel(48, 48, Rgb(colour)))
}

fn with_profile(mut encoder: impl ImageEncoder, picture: &DynamicImage, profile: &[u8]) {
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    picture.write_with_encoder(encoder).unwrap();
}

fn jpeg(picture: &DynamicImage, profile: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, 100);
    with_profile(encoder, picture, profile);
    file
}

fn png(picture: &DynamicImage, profile: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    with_profile(PngEncoder::new(&mut file), picture, profile);
    file
}

fn webp(picture: &DynamicImage, profile: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    with_profile(WebPEncoder::new_lossless(&mut file), picture, profile);
    file
}

fn display_p3() -> Vec<u8> {
    ColorProfile::new_display_p3().encode().unwrap()
}

fn adobe_rgb() -> Vec<u8> {
    ColorProfile::new_adobe_rgb().encode().unwrap()
}

#[tokio::test]
async fn a_profile_that_cannot_be_read_leaves_the_pixels_as_they_are() {
    let grey = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let mut torn = display_p3();
    torn.truncate(200);

    for profile in [b"no profile".to_vec(), torn, grey] {
        let picture = stored(png(&plain([180, 60, 60]), &profile)).await;

        assert_looks_like(
            centre(&picture),
            lab(bytes([180, 60, 60]), &SRGB, srgb_curve),
        );
    }
}

#[tokio::test]
async fn a_wide_gamut_photograph_keeps_its_colours_in_every_format() {
    for colour in [[180, 60, 60], [90, 170, 90], [60, 70, 160], [200, 190, 180]] {
        for file in [
            jpeg(&plain(colour), &display_p3()),
            png(&plain(colour), &display_p3()),
            webp(&plain(colour), &display_p3()),
        ] {
            let sent = lab(bytes(colour), &DISPLAY_P3, srgb_curve);

            assert_looks_like(centre(&stored(file).await), sent);
        }
    }
}

#[tokio::test]
async fn a_photograph_in_adobe_rgb_keeps_its_colours() {
    for colour in [[170, 70, 60], [120, 160, 100], [20, 20, 24]] {
        let sent = lab(bytes(colour), &ADOBE_RGB, adobe_curve);

        let picture = stored(jpeg(&plain(colour), &adobe_rgb())).await;

        assert_looks_like(centre(&picture), sent);
    }
}

#[tokio::test]
async fn sixteen_bits_a_channel_and_transparency_keep_their_colours() {
    let colour = [40_000_u16, 21_000, 18_000];
    let sent = colour.map(|value| f64::from(value) / 65_535.0);
    let [r, g, b] = colour;
    let deep = ImageBuffer::from_pixel(48, 48, Rgb(colour));
    let glass = ImageBuffer::from_fn(48, 48, |x, _| {
        Rgba([r, g, b, if x < 8 { 0 } else { u16::MAX }])
    });

    for picture in [
        DynamicImage::ImageRgb16(deep),
        DynamicImage::ImageRgba16(glass),
    ] {
        let picture = stored(png(&picture, &display_p3())).await;

        assert_looks_like(centre(&picture), lab(sent, &DISPLAY_P3, srgb_curve));
    }
}

#[tokio::test]
async fn transparency_survives_a_profile() {
    let glass = ImageBuffer::from_fn(48, 48, |x, _| Rgba([9, 9, 9, if x < 8 { 0 } else { 255 }]));
    let greys = ImageBuffer::from_fn(48, 48, |x, _| LumaA([9_u8, if x < 8 { 0 } else { 255 }]));
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();

    for file in [
        png(&DynamicImage::ImageRgba8(glass), &display_p3()),
        png(&DynamicImage::ImageLumaA8(greys), &linear),
    ] {
        let picture = stored(file).await.to_rgba8();

        assert_eq!(picture.get_pixel(2, 2).0[3], 0);
        assert_eq!(picture.get_pixel(40, 40).0[3], 255);
    }
}

#[tokio::test]
async fn greys_follow_their_curve() {
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let grey = DynamicImage::ImageLuma8(ImageBuffer::from_pixel(48, 48, Luma([64])));
    let sent = lab(bytes([64; 3]), &SRGB, |value| value);

    for file in [png(&grey, &linear), jpeg(&grey, &linear)] {
        assert_looks_like(centre(&stored(file).await), sent);
    }
}

/// Cyan, magenta with yellow, half black, and no ink, each 16 × 16 pixels, as Pillow
/// writes a CMYK JPEG; it has no profile.
const INKS: &[u8] = include_bytes!("inks.jpg");

/// What the press of [`press`] makes of an ink, in L*a*b*.
const CYAN: [f64; 3] = [60.0, -15.0, -30.0];
const RED: [f64; 3] = [50.0, 50.0, 30.0];
const BLACK: [f64; 3] = [10.0, 0.0, 0.0];
const PAPER: [f64; 3] = [94.0, 0.0, 2.0];

#[tokio::test]
async fn inks_with_a_profile_look_as_the_press_prints_them() {
    let picture = stored(with_segment(INKS, &press())).await.to_rgb8();

    let half = [0, 1, 2].map(|i| PAPER[i] + (BLACK[i] - PAPER[i]) * 128.0 / 255.0);
    for (x, sent) in [(8, CYAN), (24, RED), (40, half), (56, PAPER)] {
        assert_looks_like(picture.get_pixel(x, 8).0, sent);
    }
}

#[tokio::test]
async fn inks_that_are_stored_as_brightness_and_colour_are_found_again() {
    // Colour transform 2: cyan, magenta and yellow are YCbCr. The patch without ink
    // is stored as (255, 255, 255), which is a light cyan with much magenta then, so
    // only the neutral axis is asked for: Y = 0 or 255 with Cb = Cr = 128.
    let mut neutral = INKS.to_vec();
    let adobe = neutral
        .windows(5)
        .position(|five| five == b"Adobe")
        .unwrap();
    neutral[adobe + 11] = 2;

    let picture = stored(with_segment(&neutral, &press())).await.to_rgb8();

    // Stored (255, 255, 255, 255): Y 255, Cb 255, Cr 255 → R 255, G 121, B 255 of
    // inverted inks, so full cyan and yellow and 121/255 of magenta, no black.
    let mixed = |share: f64| {
        let (without, with) = (corner(0b1010), corner(0b1110));
        [0, 1, 2].map(|i| without[i] + (with[i] - without[i]) * share)
    };
    assert_looks_like(picture.get_pixel(56, 8).0, mixed(121.0 / 255.0));
}

/// Puts an ICC profile into a JPEG (ICC.1, annex B.4): marker, length, name, part 1 of 1.
fn with_segment(jpeg: &[u8], profile: &[u8]) -> Vec<u8> {
    let mut file = jpeg[..2].to_vec();
    file.extend([0xff, 0xe2]);
    file.extend(u16::try_from(profile.len() + 16).unwrap().to_be_bytes());
    file.extend(b"ICC_PROFILE\0\x01\x01");
    file.extend(profile);
    file.extend(&jpeg[2..]);
    file
}

/// L*a*b* of full inks by bit: cyan 8, magenta 4, yellow 2, black 1.
fn corner(inks: u8) -> [f64; 3] {
    match inks {
        0b0000 => PAPER,
        0b1000 => CYAN,
        0b0110 => RED,
        inks if inks & 1 == 1 => BLACK,
        inks => [45.0 + f64::from(inks), -8.0, 6.0],
    }
}

/// The ICC profile (version 2) of a press: a table of two grid points an ink and
/// identity curves around it, in the encoding of `lut16Type`.
fn press() -> Vec<u8> {
    let mut table = b"mft2\0\0\0\0\x04\x03\x02\0".to_vec();
    for (row, column) in (0..3).flat_map(|row| (0..3).map(move |column| (row, column))) {
        table.extend((if row == column { 0x1_0000_u32 } else { 0 }).to_be_bytes());
    }
    let identity: Vec<u8> = [0_u16, 0xffff]
        .iter()
        .flat_map(|v| v.to_be_bytes())
        .collect();
    table.extend(2_u16.to_be_bytes());
    table.extend(2_u16.to_be_bytes());
    table.extend(identity.repeat(4));
    for inks in 0..16 {
        let [l, a, b] = corner(inks);
        for value in [l * 652.8, (a + 128.0) * 256.0, (b + 128.0) * 256.0] {
            table.extend(sixteen_bits(value).to_be_bytes());
        }
    }
    table.extend(identity.repeat(3));

    let start = 128 + 4 + 12_u32;
    let length = u32::try_from(table.len()).unwrap();
    let mut profile = Vec::new();
    profile.extend((start + length).to_be_bytes());
    profile.extend(b"\0\0\0\0\x02\x40\0\0prtrCMYKLab ");
    profile.extend([0; 12]);
    profile.extend(b"acsp");
    profile.extend([0; 28]);
    for white in [0xf6d6_u32, 0x1_0000, 0xd32d] {
        profile.extend(white.to_be_bytes());
    }
    profile.resize(128, 0);
    profile.extend(1_u32.to_be_bytes());
    profile.extend(b"A2B0");
    profile.extend(start.to_be_bytes());
    profile.extend(length.to_be_bytes());
    profile.extend(table);
    profile
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "the values of this test lie between 0 and 65,535"
)]
fn sixteen_bits(value: f64) -> u16 {
    value.round() as u16
}
