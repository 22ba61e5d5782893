//! The audit of pictures: a row never exists without its files. Files without a row are
//! no breach: an upload may be under way, and the sweep removes them.

use std::path::Path;

use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use stampede_kernel::ImageId;
use stampede_persistence::audit::{Breach, Findings};
use stampede_persistence::entity::{image, marker};

use crate::folder::Folder;
use crate::service::{MARKER, on_disk};
use crate::{Image, MediaError, Variant};

/// Pictures per query.
const SLICE: u64 = 1_000;
/// Maximum number of listed breaches.
const MOST: usize = 1_000;

/// Lists the pictures in the snapshot of `tx` that lack a file in `folder`; `None` when
/// the folder is not the one that the database knows.
///
/// # Errors
///
/// When the rows or the folder cannot be read.
pub async fn audit(
    tx: &DatabaseTransaction,
    folder: &Path,
) -> Result<Option<Findings>, MediaError> {
    let known = marker::Entity::find_by_id(MARKER.to_owned())
        .one(tx)
        .await?;
    let folder = Folder::at(folder);
    let same = folder.clone();
    let named = on_disk(move || same.marker()).await?;
    if named.is_none() || named != known.map(|row| row.value) {
        return Ok(None);
    }
    let (mut seen, mut missing, mut named) = (0, 0, Vec::new());
    let mut last = ImageId(0);
    loop {
        let images = after(tx, last).await?;
        let Some(end) = images.last() else { break };
        last = end.id;
        seen += u64::try_from(images.len()).unwrap_or(u64::MAX);
        for id in without_files(&folder, images).await? {
            missing += 1;
            if named.len() < MOST {
                named.push(breach(id));
            }
        }
    }
    let mut findings = Findings::default();
    findings.rows.insert("image", seen);
    findings.add("I11", missing, named);
    Ok(Some(findings))
}

async fn after(tx: &DatabaseTransaction, last: ImageId) -> Result<Vec<Image>, MediaError> {
    let rows = image::Entity::find()
        .filter(image::Column::Id.gt(last))
        .order_by_asc(image::Column::Id)
        .limit(SLICE)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(Image::from).collect())
}

async fn without_files(folder: &Folder, images: Vec<Image>) -> Result<Vec<ImageId>, MediaError> {
    let folder = folder.clone();
    on_disk(move || {
        let whole = |image: &Image| {
            Variant::ALL
                .iter()
                .all(|variant| folder.place(&image.path(*variant)).is_file())
        };
        let broken = images.iter().filter(|image| !whole(image));
        Ok(broken.map(|image| image.id).collect())
    })
    .await
}

fn breach(id: ImageId) -> Breach {
    Breach {
        invariant: "I11",
        subject: format!("image {id}"),
        detail: "one of its files is not in the media folder".to_owned(),
    }
}
