"""Makes a clean page look as it comes from a scanner or a fax: an image, worn in ways that repeat with a seed."""
import io
import pathlib
import subprocess
import tempfile

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WEARS = ["plain", "noise", "skew", "cut", "blur", "jpeg", "fax", "stamp", "coffee", "faint"]


def pictures(pdf, resolution=300):
    """The pages of a PDF as grey images."""
    with tempfile.TemporaryDirectory() as folder:
        stem = pathlib.Path(folder) / "page"
        subprocess.run(["pdftoppm", "-r", str(resolution), "-gray", "-png", str(pdf), str(stem)], check=True)
        return [Image.open(io.BytesIO(path.read_bytes())).convert("L") for path in sorted(pathlib.Path(folder).glob("page*.png"))]


def worn(image, wear, seed, degrees=None):
    """One page after one kind of wear; always a little noise and a little skew, as no scan is without."""
    generator = numpy.random.default_rng(seed)
    if wear == "plain":
        return image
    if wear in ("skew", "cut"):
        image = skewed(image, degrees if degrees is not None else float(generator.uniform(-5, 5)), wear == "skew")
    else:
        image = skewed(image, degrees if degrees is not None else float(generator.uniform(-0.7, 0.7)))
    if wear == "blur":
        image = image.filter(ImageFilter.GaussianBlur(float(generator.uniform(0.8, 1.6))))
    if wear == "stamp":
        image = stamped(image, generator)
    if wear == "coffee":
        image = ringed(image, generator)
    if wear == "faint":
        image = Image.eval(image, lambda value: 255 - int((255 - value) * 0.45))
    image = noisy(image, generator, 26 if wear == "noise" else 8, 0.002 if wear == "noise" else 0.0003)
    if wear == "fax":
        image = faxed(image)
    if wear == "jpeg":
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=28)
        image = Image.open(io.BytesIO(packed.getvalue())).convert("L")
    return image


def skewed(image, degrees, whole=False):
    """A sheet that lies askew: the picture shows the `whole` of it, or is as large as the sheet and cuts its corners off."""
    return image.rotate(degrees, Image.Resampling.BICUBIC, expand=whole, fillcolor=255)


def noisy(image, generator, sigma, specks):
    pixels = numpy.asarray(image, dtype=numpy.float32)
    pixels = pixels + generator.normal(0, sigma, pixels.shape)
    pixels[generator.random(pixels.shape) < specks] = 30
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype(numpy.uint8))


def stamped(image, generator):
    """A date stamp of the mail room, turned a little, somewhere in the upper half."""
    stamp = Image.new("L", (760, 190), 255)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((6, 6, 753, 183), outline=90, width=8)
    pen.text((60, 60), "RECEIVED JUN 1 2026", fill=90, font=ImageFont.truetype("DejaVuSans-Bold.ttf", 52))
    stamp = stamp.rotate(float(generator.uniform(-9, 9)), expand=True, fillcolor=255)
    where = (int(generator.uniform(0.05, 0.6) * image.width), int(generator.uniform(0.02, 0.4) * image.height))
    return darker(image, stamp, where)


def ringed(image, generator):
    """The ring of a cup."""
    size = int(generator.uniform(600, 900))
    ring = Image.new("L", (size, size), 255)
    pen = ImageDraw.Draw(ring)
    pen.ellipse((12, 12, size - 12, size - 12), outline=165, width=int(generator.uniform(16, 40)))
    ring = ring.filter(ImageFilter.GaussianBlur(4))
    where = (int(generator.uniform(0, 0.6) * image.width), int(generator.uniform(0, 0.6) * image.height))
    return darker(image, ring, where)


def darker(image, over, where):
    pixels = numpy.asarray(image).copy()
    patch = numpy.asarray(over)
    height, width = min(patch.shape[0], pixels.shape[0] - where[1]), min(patch.shape[1], pixels.shape[1] - where[0])
    area = pixels[where[1]:where[1] + height, where[0]:where[0] + width]
    numpy.minimum(area, patch[:height, :width], out=area)
    return Image.fromarray(pixels)


def faxed(image):
    """Group 3, standard resolution: 204 dots an inch across, 98 down, black and white."""
    width, height = round(8.5 * 204), round(11 * 98)
    turned = image.width > image.height
    return image.resize((height, width) if turned else (width, height), Image.Resampling.BILINEAR).point(lambda value: 0 if value < 150 else 255)


def save(path, images, resolution=(300, 300)):
    """Writes PNG or JPEG with one page, or TIFF with any number."""
    path = pathlib.Path(path)
    if path.suffix in (".tif", ".tiff"):
        images = [image.convert("1") if resolution != (300, 300) else image for image in images]
        compression = "group4" if resolution != (300, 300) else "tiff_deflate"
        images[0].save(path, save_all=True, append_images=images[1:], dpi=resolution, compression=compression)
    elif path.suffix in (".jpg", ".jpeg"):
        images[0].save(path, quality=80, dpi=resolution)
    else:
        images[0].save(path, dpi=resolution)
