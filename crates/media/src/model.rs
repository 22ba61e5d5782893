//! Stored pictures and their variants.

use serde::{Deserialize, Serialize};
use stampede_kernel::ImageId;
use stampede_persistence::entity::image;

/// A stored picture, of which three sizes exist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its id; the same bytes have the same id.
    pub id: ImageId,
    /// SHA-256 of the large variant, hexadecimal: the files' address.
    pub hash: String,
    /// File extension: `jpg`, or `webp` where there is transparency.
    pub format: String,
    /// Width of the large variant in pixels.
    pub width: i32,
    /// Height of the large variant in pixels.
    pub height: i32,
}

/// Limits of decoding, for a single picture and for all together.
#[derive(Debug, Clone, Copy)]
pub struct MediaLimits {
    /// Maximum width and height, in pixels; checked before decoding.
    pub max_pixels_side: u32,
    /// Pictures decoded concurrently. Each of 4096 × 4096 pixels briefly takes 55–112
    /// MiB, or 165 MiB with 16 bits a channel (measured).
    pub decoders: usize,
    /// Maximum number of pictures that wait for a decoder; further ones are refused as
    /// busy.
    pub waiting: usize,
}

impl Default for MediaLimits {
    fn default() -> Self {
        Self {
            max_pixels_side: 4_096,
            decoders: 1,
            waiting: 16,
        }
    }
}

/// The sizes a picture is stored in, by the longer side in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// 160 px.
    Thumb,
    /// 400 px.
    Small,
    /// 1200 px.
    Large,
}

impl Variant {
    /// All of them, smallest first.
    pub const ALL: [Self; 3] = [Self::Thumb, Self::Small, Self::Large];

    /// The longer side in pixels; a smaller picture is not enlarged.
    pub fn pixels(self) -> u32 {
        match self {
            Self::Thumb => 160,
            Self::Small => 400,
            Self::Large => 1_200,
        }
    }

    /// The name in paths and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Small => "small",
            Self::Large => "large",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|variant| variant.as_str() == name)
    }
}

/// How a variant is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Opaque pictures.
    Jpeg,
    /// Pictures with transparency, lossless.
    WebP,
}

impl Format {
    /// The file extension.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
        }
    }

    /// The media type to serve it with.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }

    fn parse(extension: &str) -> Option<Self> {
        [Self::Jpeg, Self::WebP]
            .into_iter()
            .find(|format| format.extension() == extension)
    }
}

/// One file of one picture, as its path below the media folder names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantPath {
    /// SHA-256 of the large variant, 64 lower-case hexadecimal digits.
    pub hash: String,
    /// The size.
    pub variant: Variant,
    /// The encoding.
    pub format: Format,
}

impl VariantPath {
    /// Parses `ab/abcdef….small.jpg`; `None` for anything else, such as a longer path
    /// to the same file.
    pub fn parse(path: &str) -> Option<Self> {
        let (folder, file) = path.split_once('/')?;
        let (hash, rest) = file.split_once('.')?;
        let (variant, extension) = rest.split_once('.')?;
        let digits = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if hash.len() != 64 || !hash.bytes().all(digits) || hash.get(..2) != Some(folder) {
            return None;
        }
        Some(Self {
            hash: hash.to_owned(),
            variant: Variant::parse(variant)?,
            format: Format::parse(extension)?,
        })
    }
}

impl Image {
    /// The path of a variant below the media folder, which is also its path below `/media/`:
    /// `ab/abcdef….small.jpg`.
    pub fn path(&self, variant: Variant) -> String {
        path(&self.hash, variant, &self.format)
    }
}

pub(crate) fn path(hash: &str, variant: Variant, extension: &str) -> String {
    let folder = hash.get(..2).unwrap_or("xx");
    format!("{folder}/{hash}.{}.{extension}", variant.as_str())
}

impl From<image::Model> for Image {
    fn from(row: image::Model) -> Self {
        Self {
            id: row.id,
            hash: row.hash,
            format: row.format,
            width: row.width,
            height: row.height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Image {
        Image {
            id: ImageId(1),
            hash: "0123456789abcdef".repeat(4),
            format: "jpg".to_owned(),
            width: 1,
            height: 1,
        }
    }

    #[test]
    fn a_path_leads_nowhere_but_to_a_variant() {
        let hash = image().hash;
        for path in [
            String::new(),
            "../../etc/passwd".to_owned(),
            ".stampede-media".to_owned(),
            format!("01/{hash}"),
            format!("01/{hash}.small"),
            format!("02/{hash}.small.jpg"),
            format!("01/{hash}.huge.jpg"),
            format!("01/{hash}.small.html"),
            format!("01/{hash}.small.jpg/"),
            format!("01/../01/{hash}.small.jpg"),
            format!("/01/{hash}.small.jpg"),
            format!("01\\{hash}.small.jpg"),
            format!("01/{}.small.jpg", hash.to_uppercase()),
            format!("01/{hash}0.small.jpg"),
            format!("01/{hash}.small.jpg\0"),
        ] {
            assert_eq!(VariantPath::parse(&path), None, "{path}");
        }
    }

    #[test]
    fn the_paths_of_an_image_can_be_read_back() {
        for variant in Variant::ALL {
            let parsed = VariantPath::parse(&image().path(variant)).unwrap();

            assert_eq!(parsed.hash, image().hash);
            assert_eq!(parsed.variant, variant);
            assert_eq!(parsed.format, Format::Jpeg);
        }
    }
}
