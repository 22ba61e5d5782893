//! The JSON form of a stored picture.

use serde::Serialize;
use stampede_media::{Image, Variant};
use utoipa::ToSchema;

/// A stored picture. The content behind a path never changes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Image)]
pub struct ImageBody {
    /// Id of the picture.
    id: i64,
    /// Path of the large variant.
    url: String,
    /// Width of the large variant, in pixels.
    width: i32,
    /// Height of the large variant, in pixels.
    height: i32,
    /// Paths of all variants.
    variants: VariantsBody,
}

/// Paths of a picture in three sizes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ImageVariants)]
struct VariantsBody {
    /// At most 160 pixels on the longer side.
    thumb: String,
    /// At most 400 pixels on the longer side.
    small: String,
    /// At most 1200 pixels on the longer side.
    large: String,
}

impl From<Image> for ImageBody {
    fn from(image: Image) -> Self {
        let path = |variant| format!("/media/{}", image.path(variant));
        Self {
            id: image.id.0,
            url: path(Variant::Large),
            width: image.width,
            height: image.height,
            variants: VariantsBody {
                thumb: path(Variant::Thumb),
                small: path(Variant::Small),
                large: path(Variant::Large),
            },
        }
    }
}
