"""Pictures for the preview, by Pillow, in the worker only: a closed list of formats, upright, on white."""

import io
import math
import warnings
from collections.abc import Callable
from typing import Any

from foiadesk.intake.refusals import Refusal
from foiadesk.intake.results import MAX_PIXELS, PageImage

# No format that calls another program (EPS runs Ghostscript) or that no office sends.
FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP", "PPM")
_SOURCE_PIXELS = 150_000_000  # an A0 scan at 300 dots per inch has 140 million
_PAGED = ("TIFF",)


def _open(data: bytes) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the check below refuses with our own sentence
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of damaged metadata; the picture itself is what counts
        try:
            return Image.open(io.BytesIO(data), formats=FORMATS)
        except MemoryError:
            raise
        except Exception:
            raise Refusal("damaged_image") from None


def page_count(data: bytes) -> int:
    """Return how many pages a picture file has: frames of a TIFF, else 1. Raises Refusal for a damaged one."""
    image = _open(data)
    if image.format not in _PAGED:
        return 1
    try:
        return int(image.n_frames)
    except MemoryError:
        raise
    except Exception:
        return 1  # a damaged chain of pages still has its first one


def _flat(image: Any) -> Any:
    """Return the picture as opaque RGB, transparency on white."""
    from PIL import Image

    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        image = image.convert("F").point(lambda value: value / 257).convert("L") if image.mode != "F" else image
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def draw_image(data: bytes, longest: int, number: int = 0, pixels: int = MAX_PIXELS) -> PageImage:
    """Draw a picture (page ``number`` of a TIFF, from 0), at most ``longest`` pixels either way, never enlarged.

    Turned upright as its camera said. Raises Refusal.
    """
    return _draw(data, lambda width, height: longest, number, pixels)


def draw_scaled(data: bytes, scale: float, number: int = 0, pixels: int = MAX_PIXELS) -> PageImage:
    """Draw a picture at ``scale`` (1.0: as it is; never enlarged), otherwise as ``draw_image`` does."""
    if not (math.isfinite(scale) and scale > 0):
        scale = 1.0
    return _draw(data, lambda width, height: round(max(width, height) * min(scale, 1.0)), number, pixels)


def _draw(data: bytes, longest_of: Callable[[int, int], int], number: int, pixels: int) -> PageImage:
    from PIL import ImageOps

    image = _open(data)
    pages = page_count(data)
    if not 0 <= number < pages:
        raise Refusal("no_page", number=max(0, number + 1), pages=pages)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if number:
                image.seek(number)
            if image.width * image.height > _SOURCE_PIXELS:
                raise Refusal("huge_image", megapixels=image.width * image.height // 1_000_000)
            longest = max(1, min(longest_of(image.width, image.height), int(pixels**0.5)))
            image.draft("RGB", (longest, longest))  # a JPEG decodes straight to about this size
            upright = ImageOps.exif_transpose(image)
            drawn = _flat(upright if upright is not None else image)
            drawn.thumbnail((longest, longest))
            return PageImage(drawn.width, drawn.height, drawn.tobytes())
        except (MemoryError, Refusal):
            raise
        except Exception:
            raise Refusal("damaged_image") from None
