"""Cuts, cleans and compresses the demo pictures; called by scripts/demo-assets."""

import io
import math
import pathlib
import sys

import resvg_py
from PIL import Image, ImageDraw, ImageFilter

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
    ("coffee-table", "nathan-fertig-249917", (0.2, 0.25, 0.745, 1), []),
    ("teal-cushion", "nathan-fertig-249917", (0.12, 0.42, 0.5, 0.78), []),
    ("soil-scoop", "neslihan-gunaydin-3493", WHOLE, []),
    ("wireless-mouse", "oscar-ivan-esquivel-arteaga-687447", WHOLE, [(0.40, 0.30, 0.53, 0.43)]),
    ("leather-sofa", "paul-weaver-1120584", WHOLE, []),
    ("leather-sofa-2", "paul-weaver-1120584", (0.05, 0.42, 0.62, 0.96), []),
    ("pendant-lamp", "pierre-chatel-innocenti-483198", (0, 0, 0.75, 1), []),
    ("compact-camera", "robert-shunev-528016", (0.22, 0.2, 0.82, 0.78), [(0.458, 0.415, 0.604, 0.637)]),
    ("wooden-stool", "ruslan-bardash-351288", (0, 0.2, 1, 0.95), []),
    ("aloe-vera", "silvia-agrasar-227575", WHOLE, []),
    ("skipping-rope", "stoica-ionela-530966", (0.02, 0.12, 0.98, 0.84), []),
    ("network-cable", "thomas-q-1229169", WHOLE, []),
    ("basketball", "tommy-bebo-600358", (0, 0.3, 1, 1),
     [(0.364, 0.575, 0.39, 0.635), (0.605, 0.575, 0.634, 0.64), (0.59, 0.665, 0.63, 0.695)]),
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
    """The picture with the ellipse in one box blurred past reading, its edge feathered."""
    area = box(picture.size, fractions)
    width, height = area[2] - area[0], area[3] - area[1]
    feather = max(2, min(width, height) // 10)
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).ellipse((feather, feather, width - feather, height - feather), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(feather / 2))
    smooth = picture.crop(area).filter(ImageFilter.GaussianBlur(max(5, min(width, height) / 9)))
    picture.paste(smooth, area[:2], mask)
    return picture


def jpeg(picture, limit):
    """JPEG bytes under the limit: quality 80, less only where the picture is full of leaves."""
    for quality in range(80, 40, -3):
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


def sale_banner():
    """A herd of lines, wide and wild on the right, passes one gate and leaves it in order."""
    gate_x, count = 760, 28
    herd = []
    for line in range(count):
        share = line / (count - 1)
        wild = 300 + (share - 0.5) * 900 + 46 * math.sin(line * 2.399)
        tame = 300 + (share - 0.5) * 150
        bend = 300 + (share - 0.5) * 60
        hue = 14 + 30 * share
        herd.append(
            f'<path d="M1640 {wild:.0f} C1240 {wild + 60 * math.sin(line * 1.7):.0f} 1010 {bend:.0f} '
            f'{gate_x} {bend:.0f} S420 {tame:.0f} -40 {tame:.0f}" fill="none" '
            f'stroke="hsl({hue:.0f} 92% {58 + 10 * math.sin(line * 1.3):.0f}%)" '
            f'stroke-width="{2.2 + 2.2 * abs(math.sin(line * 0.9)):.1f}" '
            f'stroke-opacity="{0.5 + 0.45 * abs(math.cos(line * 0.7)):.2f}"/>'
        )
    posts = "".join(
        f'<rect x="{gate_x - 13}" y="{y}" width="26" height="{height}" rx="13" fill="#fff4e6"/>'
        for y, height in ((70, 172), (358, 172))
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 600">
      <defs><radialGradient id="night" cx="0.75" cy="0.45" r="0.9">
        <stop offset="0" stop-color="#33214f"/><stop offset="1" stop-color="#140f26"/>
      </radialGradient></defs>
      <rect width="1600" height="600" fill="url(#night)"/>{"".join(herd)}{posts}</svg>"""


def home_banner():
    """A sofa, a lamp and the evening sun, in flat shapes."""
    return """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 600">
      <defs>
        <linearGradient id="wall" x1="0" y1="0" x2="1" y2="0.4">
          <stop offset="0" stop-color="#f6e7d7"/><stop offset="1" stop-color="#efd0b4"/></linearGradient>
        <linearGradient id="light" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#fff6d8" stop-opacity="0.95"/>
          <stop offset="1" stop-color="#fff6d8" stop-opacity="0"/></linearGradient>
        <linearGradient id="sun" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stop-color="#f3a35c"/><stop offset="1" stop-color="#e2735a"/></linearGradient>
      </defs>
      <rect width="1600" height="600" fill="url(#wall)"/>
      <path d="M560 480V250a190 190 0 0 1 380 0v230z" fill="#fbf3e8"/>
      <clipPath id="window"><path d="M580 480V252a170 170 0 0 1 340 0v228z"/></clipPath>
      <g clip-path="url(#window)"><rect x="560" y="60" width="400" height="440" fill="#f9d9b0"/>
        <circle cx="790" cy="330" r="92" fill="url(#sun)"/>
        <path d="M560 420q100-90 200-30t220-40v150H560z" fill="#7f9a86"/>
        <path d="M560 460q130-60 240-10t180-20v90H560z" fill="#56786a"/></g>
      <rect y="480" width="1600" height="120" fill="#c98f68"/><rect y="480" width="1600" height="8" fill="#b57c57"/>
      <ellipse cx="1195" cy="548" rx="330" ry="26" fill="#a9704d" fill-opacity="0.55"/>
      <path d="M1180 190l-150 330h330z" fill="url(#light)"/>
      <path d="M1180 0v150" stroke="#3c3a44" stroke-width="6"/>
      <path d="M1110 200a70 62 0 0 1 140 0z" fill="#2f5f63"/><circle cx="1180" cy="202" r="17" fill="#ffe9a8"/>
      <g fill="#35505f"><rect x="985" y="330" width="420" height="130" rx="44"/>
        <rect x="940" y="378" width="94" height="136" rx="40"/><rect x="1356" y="378" width="94" height="136" rx="40"/></g>
      <rect x="1020" y="418" width="350" height="92" rx="26" fill="#456879"/>
      <path d="M1195 420v88" stroke="#35505f" stroke-width="5"/>
      <rect x="1048" y="352" width="96" height="84" rx="20" fill="#e8a25a" transform="rotate(-9 1096 394)"/>
      <rect x="1262" y="356" width="88" height="80" rx="20" fill="#f4ddc4" transform="rotate(8 1306 396)"/>
      <path d="M985 512l-10 40M1405 512l10 40" stroke="#5b3b2a" stroke-width="12" stroke-linecap="round"/>
      <path d="M1512 486c-10-70-60-92-64-150 48 20 62 64 64 104 0-60 10-120 58-150 6 74-44 120-48 196z" fill="#56786a"/>
      <path d="M1470 470h92l-14 88h-64z" fill="#fbf3e8"/></svg>"""


def leaf(x, y, length, turn, colour):
    """One leaf with its midrib, growing from (x, y)."""
    half = length * 0.27
    return (
        f'<g transform="translate({x} {y}) rotate({turn})"><path d="M0 0C{half} {-length * 0.3:.0f} '
        f'{half} {-length * 0.75:.0f} 0 {-length}C{-half} {-length * 0.75:.0f} {-half} {-length * 0.3:.0f} 0 0z" '
        f'fill="{colour}"/><path d="M0 20V{-length * 0.86:.0f}" stroke="#ffffff" stroke-opacity="0.28" '
        f'stroke-width="4" stroke-linecap="round"/></g>'
    )


def plants_banner():
    """Leaves in a row of pots on a shelf."""
    greens = ("#1f5b4a", "#2f7a5c", "#4a9a6c", "#7dbb84", "#a9d39a")
    pots = []
    for pot, (x, width, height, colour, leaves, length) in enumerate(
        (
            (690, 150, 120, "#e2735a", 7, 250),
            (930, 190, 160, "#f6efe2", 9, 310),
            (1180, 130, 104, "#33524a", 5, 190),
            (1420, 210, 180, "#f0b35f", 9, 290),
        )
    ):
        top = 500 - height
        for number in range(leaves):
            spread = (number / (leaves - 1) - 0.5) * 2
            size = length * (1 - 0.28 * abs(spread)) + 14 * math.sin(number * 2.1 + pot)
            pots.append(leaf(x + spread * width * 0.18, top + 16, round(size), round(spread * 68),
                             greens[(number * 2 + pot) % len(greens)]))
        pots.append(
            f'<path d="M{x - width / 2} {top}h{width}l{-width * 0.13:.0f} {height}h{-width * 0.74:.0f}z" fill="{colour}"/>'
            f'<rect x="{x - width / 2 - 8}" y="{top - 6}" width="{width + 16}" height="30" rx="9" fill="{colour}"/>'
            f'<rect x="{x - width / 2}" y="{top + 24}" width="{width}" height="7" fill="#000" fill-opacity="0.1"/>'
        )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 600">
      <defs><linearGradient id="air" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" stop-color="#e9f3e6"/><stop offset="1" stop-color="#c5e0cb"/></linearGradient></defs>
      <rect width="1600" height="600" fill="url(#air)"/>
      <circle cx="1060" cy="250" r="230" fill="#f7fbf0"/>{"".join(pots)}
      <rect y="500" width="1600" height="22" fill="#b98a63"/><rect y="522" width="1600" height="78" fill="#d9e9d5"/></svg>"""


BANNERS = {"banner-sale": sale_banner, "banner-home": home_banner, "banner-plants": plants_banner}


def drawn(svg):
    """An SVG drawing as JPEG, 1600 x 600."""
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=1600, height=600))
    return jpeg(Image.open(io.BytesIO(png)).convert("RGB"), BYTES_PER_PHOTO)


def main(photos, emoji, out):
    for name, source, crop, marks in PHOTOS:
        (out / f"{name}.jpg").write_bytes(photo(photos / f"{source}-unsplash.jpg", crop, marks))
    for name, code in ICONS.items():
        (out / f"category-{name}.webp").write_bytes((emoji / f"{code}.webp").read_bytes())
    for name, draw in BANNERS.items():
        (out / f"{name}.jpg").write_bytes(drawn(draw()))


if __name__ == "__main__":
    main(*(pathlib.Path(argument) for argument in sys.argv[1:4]))
