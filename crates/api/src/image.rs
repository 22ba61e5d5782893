//! Pictures.

use actix_multipart::form::MultipartForm;
use serde::{Deserialize, Serialize};
use stampede_http::form::Picture;
use stampede_kernel::ImageId;
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

/// Form to add pictures to a product.
#[derive(MultipartForm, ToSchema)]
#[multipart(deny_unknown_fields)]
pub struct PicturesForm {
    /// Pictures: JPEG, PNG, WebP or GIF; at most 8 MiB and 4096 × 4096 pixels each.
    #[schema(value_type = Vec<String>, format = Binary)]
    pub file: Vec<Picture>,
}

/// Request to reorder the pictures of a product.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrangement {
    /// Ids of all pictures of the product in the new order, each exactly once; the first is the
    /// cover.
    order: Vec<i64>,
}

impl Arrangement {
    /// The pictures in their new order.
    pub fn into_order(self) -> Vec<ImageId> {
        self.order.into_iter().map(ImageId).collect()
    }
}
