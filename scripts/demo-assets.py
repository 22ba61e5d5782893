"""Cuts, cleans and compresses the demo pictures; called by scripts/demo-assets."""

import io
import math
import pathlib
import sys

import resvg_py
from PIL import Image, ImageFilter

LONG_SIDE = 800
BYTES_PER_PHOTO = 58_000
WHOLE = (0, 0, 1, 1)

# (file, source, crop, blurred boxes). Boxes are fractions of the source: left, top, right, bottom.
# Blurred boxes cover lettering and marks of other companies.
PHOTOS = [
    ("writing-desk", "abel-y-costa-716024", WHOLE, []),
    ("spider-plant", "abel-y-costa-716024", (0.31, 0.30, 0.73, 0.78), []),
    ("usb-cable", "adam-birkett-239153", (0, 0.22, 1, 1), []),
    ("hanging-plant", "alex-rodriguez-santibanez-200278", (0.14, 0, 0.86, 1), []),
    ("curved-monitor", "alexandru-acea-686569", (0, 0.19, 1, 0.555),
     [(0.44, 0.535, 0.56, 0.56), (0.84, 0.40, 0.875, 0.48)]),
    ("shell-armchair", "andres-jasso-220776", WHOLE, []),
    ("succulent-set", "annie-spratt-78044", (0, 0, 1, 1), []),
    ("succulent-set-2", "annie-spratt-78044", (0.05, 0.34, 0.75, 0.78), []),
    ("tennis-ball", "ben-hershey-574483", WHOLE, []),
    ("side-table", "benjamin-voros-310026", (0.1, 0.2, 1, 1), []),
    ("alarm-clock", "benjamin-voros-310026", (0.52, 0.30, 0.88, 0.53), []),
    ("zoom-lens", "brandi-redd-104140", WHOLE, []),
    ("norfolk-pine", "caleb-george-536388", WHOLE, []),
    ("column-cactus", "charles-deluvio-695736", WHOLE, []),
    ("column-cactus-2", "charles-deluvio-695736", (0.28, 0.18, 0.78, 0.62), []),
    ("studio-monitor", "daniel-korpai-1302051", (0, 0.09, 1, 0.52), [(0, 0.155, 0.12, 0.19)]),
    ("bistro-chair", "florian-klauer-14840", WHOLE, []),
    ("bistro-chair-2", "florian-klauer-14840", (0.2, 0.54, 0.8, 0.94), []),
    ("cafe-chair", "jean-philippe-delberghe-1400011", (0, 0.33, 1, 1), []),
    ("camera-ornament", "jonathan-talbert-697262", (0.1, 0.46, 1, 1), []),
    ("mechanical-keyboard", "juan-gomez-674574", WHOLE,
     [(0.36, 0.01, 0.43, 0.10), (0.60, 0.87, 0.88, 1.0)]),
    ("mechanical-keyboard-2", "juan-gomez-674574", (0.02, 0.4, 0.6, 1), []),
    ("blue-armchair", "kari-shea-398668", WHOLE, []),
    ("blue-armchair-2", "kari-shea-398668", (0.1, 0.22, 0.95, 0.75), []),
    ("bonsai", "mark-tegethoff-667351", WHOLE, []),
    ("bonsai-2", "mark-tegethoff-667351", (0.3, 0.02, 0.86, 0.6), []),
    ("cruiser-board", "max-tarkhov-737999", (0.15, 0.1, 0.85, 0.95), [(0.466, 0.45, 0.534, 0.54)]),
    ("dome-tent", "michael-guite-571169", WHOLE, []),
    ("dome-tent-2", "michael-guite-571169", (0.42, 0.38, 1, 0.86), []),
    ("road-bike", "mikkel-bech-748940", WHOLE, []),
    ("road-bike-2", "mikkel-bech-748940", (0.05, 0.42, 0.55, 0.95), []),
    ("tulip-pot", "natalia-y-345738", (0, 0.1, 1, 1), []),
    ("tufted-sofa", "nathan-fertig-249917", WHOLE, []),
    ("coffee-table", "nathan-fertig-249917", (0.16, 0.62, 0.8, 1), []),
    ("teal-cushion", "nathan-fertig-249917", (0.12, 0.42, 0.5, 0.78), []),
    ("soil-scoop", "neslihan-gunaydin-3493", WHOLE, []),
    ("wireless-mouse", "oscar-ivan-esquivel-arteaga-687447", WHOLE, [(0.40, 0.30, 0.53, 0.43)]),
    ("leather-sofa", "paul-weaver-1120584", WHOLE, []),
    ("leather-sofa-2", "paul-weaver-1120584", (0.05, 0.42, 0.62, 0.96), []),
    ("pendant-lamp", "pierre-chatel-innocenti-483198", (0, 0, 0.75, 1), []),
    ("compact-camera", "robert-shunev-528016", (0.22, 0.2, 0.82, 0.78), [(0.445, 0.40, 0.56, 0.63)]),
    ("wooden-stool", "ruslan-bardash-351288", (0, 0.2, 1, 0.95), []),
    ("aloe-vera", "silvia-agrasar-227575", WHOLE, []),
    ("skipping-rope", "stoica-ionela-530966", (0.02, 0.12, 0.98, 0.84), []),
    ("network-cable", "thomas-q-1229169", WHOLE, []),
    ("basketball", "tommy-bebo-600358", (0, 0.3, 1, 1), []),
    ("guardian-lion", "vincent-liu-525429", (0, 0, 0.85, 1), []),
    ("orchid", "zoltan-kovacs-642412", (0, 0.12, 1, 1), []),
    ("pocket-tripod", "zoltan-tasi-423051", (0.12, 0.33, 0.88, 0.95), []),
]

# Category icon: code point of the emoji.
ICONS = {
    "electronics": "1f4bb",
    "cameras": "1f4f7",
    "home": "1f3e0",
    "furniture": "1f6cb-fe0f",
    "plants": "1fab4",
    "sport": "1f3c0",
}


def box(size, fractions):
    """Fractions of a picture as pixels."""
    width, height = size
    left, top, right, bottom = fractions
    return (round(left * width), round(top * height), round(right * width), round(bottom * height))


def blurred(picture, fractions):
    """The picture with one box blurred past reading, its edge feathered into the rest."""
    area = box(picture.size, fractions)
    width, height = area[2] - area[0], area[3] - area[1]
    feather = max(2, min(width, height) // 8)
    mask = Image.new("L", (width, height), 0)
    mask.paste(255, (feather, feather, width - feather, height - feather))
    mask = mask.filter(ImageFilter.GaussianBlur(feather / 2))
    smooth = picture.crop(area).filter(ImageFilter.GaussianBlur(max(5, min(width, height) / 9)))
    picture.paste(smooth, area[:2], mask)
    return picture


def jpeg(picture, limit):
    """JPEG bytes under the limit: quality 80, less only where the picture is full of leaves."""
    for quality in range(80, 49, -3):
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= limit:
            break
    return data.getvalue()


def photo(source, crop, marks):
    """One product picture, at most LONG_SIDE pixels on its long side."""
    picture = Image.open(source).convert("RGB")
    for mark in marks:
        picture = blurred(picture, mark)
    picture = picture.crop(box(picture.size, crop))
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return jpeg(picture, BYTES_PER_PHOTO)


def main(photos, emoji, out):
    for name, source, crop, marks in PHOTOS:
        (out / f"{name}.jpg").write_bytes(photo(photos / f"{source}-unsplash.jpg", crop, marks))
    for name, code in ICONS.items():
        (out / f"category-{name}.webp").write_bytes((emoji / f"{code}.webp").read_bytes())


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:4]))
