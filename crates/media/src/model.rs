//! What a stored picture is.

use serde::{Deserialize, Serialize};
use stampede_kernel::ImageId;
use stampede_persistence::entity::image;

/// A stored picture and where its three sizes are.
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
}

impl Image {
    /// The path of a variant below the media folder, which is also its path below `/media/`:
    /// `ab/abcdef….small.jpg`.
    pub fn path(&self, variant: Variant) -> String {
        let folder = self.hash.get(..2).unwrap_or("xx");
        format!(
            "{folder}/{}.{}.{}",
            self.hash,
            variant.as_str(),
            self.format
        )
    }
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
