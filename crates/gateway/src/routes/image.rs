//! Pictures as every answer shows them.

use serde::Serialize;
use stampede_media::{Image, Variant};
use utoipa::ToSchema;

/// A stored picture; its paths never change their content.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Image)]
pub(crate) struct ImageBody {
    id: i64,
    /// Of the large variant.
    url: String,
    /// In pixels.
    width: i32,
    /// In pixels.
    height: i32,
    variants: VariantsBody,
}

/// The same picture in three sizes.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ImageVariants)]
pub(crate) struct VariantsBody {
    /// 160 pixels.
    thumb: String,
    /// 400 pixels.
    small: String,
    /// 1200 pixels.
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
