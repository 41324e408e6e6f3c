"""Foreign files bound behind a letter of ours, as pages: in the worker only, by pikepdf.

PDFs keep their pages, form fields, annotations and layers; what could run, and what ties pages to a document they have
left, is taken out. Pictures become one page each.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from foiadesk.intake.media import kind_of, media_type
from foiadesk.intake.refusals import Refusal

MOST_PAGES = 5000
_MARGIN = 36.0  # points around a picture
_FINEST = 3300  # pixels a picture's longer side keeps: 300 dots an inch of its page
_COARSEST = 150  # dots an inch: a small picture is not enlarged beyond this
_LOOSE = ("/AA", "/PieceInfo", "/Metadata", "/StructParents", "/StructParent", "/PA")
_HARMLESS = ("/URI", "/GoTo", "/Named", "/Hide", "/ResetForm")


class Enclosed(NamedTuple):
    """A file to append: its bytes, the words a PDF viewer's list shows for it and before its pages' numbers.

    divider: a page of ours to stand before it, or nothing.
    """

    data: bytes
    title: str
    label: str
    divider: bytes = b""


def bind(letter: bytes, files: Sequence[Enclosed], width: float, height: float) -> bytes:
    """Return the letter with every file's pages behind it; the same input gives the same bytes.

    width, height: of the letter's paper in points, for pictures. Raises Refusal naming the enclosure by its number.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(letter)) as whole:
        labels: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
        marks = []
        for number, file in enumerate(files, 1):
            marks.append((file.title, len(whole.pages)))
            if file.divider:
                labels += [len(whole.pages), pikepdf.Dictionary(P=pikepdf.String(file.title))]
                _append_pdf(whole, file.divider, number)
            first = len(whole.pages)
            kind = kind_of(media_type(file.data, ""))
            if kind == "pdf":
                _append_pdf(whole, file.data, number)
            elif kind == "image":
                _append_pictures(whole, file.data, number, width, height)
            else:
                raise Refusal("enclosure_kind", number=number)
            labels += [first, pikepdf.Dictionary(S=pikepdf.Name.D, P=pikepdf.String(file.label))]
        whole.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        with whole.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, page) for title, page in marks)
        made = io.BytesIO()
        whole.save(made, deterministic_id=True)
    return made.getvalue()


def _append_pdf(whole: Any, data: bytes, number: int) -> None:
    import pikepdf

    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise Refusal("enclosure_password", number=number) from None
    except pikepdf.PdfError:
        raise Refusal("enclosure_damaged", number=number) from None
    with source:
        if source.is_encrypted:
            raise Refusal("enclosure_password", number=number)
        try:
            count, first = len(source.pages), len(whole.pages)
            if not count:
                raise Refusal("enclosure_damaged", number=number)
            if first + count > MOST_PAGES:
                raise Refusal("enclosure_pages", number=number, limit=MOST_PAGES)
            whole.pages.extend(source.pages)
            for place in range(first, first + count):
                _settle(whole.pages[place].obj)
            _append_form(whole, source, number)
            _append_layers(whole, source)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
            raise Refusal("enclosure_damaged", number=number) from None


def _loosen(held: Any) -> None:
    """Take out of a page, annotation or field what could run and what points into the document it came from."""
    for name in _LOOSE:
        if name in held:
            del held[name]
    if "/A" in held and (not hasattr(held.A, "get") or str(held.A.get("/S", "")) not in _HARMLESS):
        del held["/A"]
    elif "/A" in held and "/Next" in held.A:
        del held.A["/Next"]


def _settle(page: Any) -> None:
    _loosen(page)
    for annotation in page.get("/Annots", ()):
        if hasattr(annotation, "keys"):
            _loosen(annotation)


def _fields(field: Any, deep: int = 0) -> Iterator[Any]:
    yield field
    if deep < 32:
        for kid in field.get("/Kids", ()):
            yield from _fields(kid, deep + 1)


def _append_form(whole: Any, source: Any, number: int) -> None:
    """Bring a form's fields along. Their names get a prefix: two enclosures may be the same form, filled in twice."""
    import pikepdf

    form = source.Root.get("/AcroForm")
    if form is None or not len(form.get("/Fields", ())):
        return
    ours = whole.Root.get("/AcroForm")
    if ours is None:
        ours = whole.Root.AcroForm = whole.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array()))
    for name in ("/DA", "/DR", "/NeedAppearances"):
        if name in form and name not in ours:
            value = form[name]
            ours[name] = whole.copy_foreign(value) if getattr(value, "is_indirect", False) else _copied(whole, value)
    for field in form.Fields:
        copied = whole.copy_foreign(field)
        for one in _fields(copied):
            _loosen(one)
        if "/T" in copied:
            copied.T = pikepdf.String(f"enclosure{number}.{copied.T}".replace(".", "-"))
        ours.Fields.append(copied)


def _copied(whole: Any, value: Any) -> Any:
    """Copy a value that is no object of its own, with what it names."""
    import pikepdf

    if isinstance(value, pikepdf.Dictionary):
        return pikepdf.Dictionary({key: _copied(whole, inside) for key, inside in value.items()})
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        return whole.copy_foreign(value)
    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([_copied(whole, inside) for inside in value])
    return value


def _append_layers(whole: Any, source: Any) -> None:
    """Layers that were hidden stay hidden."""
    import pikepdf

    found = source.Root.get("/OCProperties")
    if found is None or not len(found.get("/OCGs", ())):
        return
    shown = found.get("/D", pikepdf.Dictionary())
    hidden = {group.objgen for group in shown.get("/OFF", ())}
    if str(shown.get("/BaseState", "/ON")) == "/OFF":
        on = {group.objgen for group in shown.get("/ON", ())}
        hidden = {group.objgen for group in found.OCGs} - on
    ours = whole.Root.get("/OCProperties")
    if ours is None:
        empty = pikepdf.Dictionary(OFF=pikepdf.Array(), Order=pikepdf.Array())
        ours = whole.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array(), D=empty)
    for group in found.OCGs:
        copied = whole.copy_foreign(group)
        ours.OCGs.append(copied)
        ours.D.Order.append(copied)
        if group.objgen in hidden:
            ours.D.OFF.append(copied)


def _append_pictures(whole: Any, data: bytes, number: int, width: float, height: float) -> None:
    from foiadesk.intake.images import draw_image, page_count

    try:
        count = page_count(data)
        if len(whole.pages) + count > MOST_PAGES:
            raise Refusal("enclosure_pages", number=number, limit=MOST_PAGES)
        for place in range(count):
            picture = draw_image(data, _FINEST, place)
            _add_picture(whole, picture.width, picture.height, picture.rgb, width, height)
    except Refusal as refused:
        if refused.code == "damaged_image":
            raise Refusal("enclosure_damaged", number=number) from None
        raise


def _add_picture(whole: Any, wide: int, high: int, rgb: bytes, width: float, height: float) -> None:
    import pikepdf

    image = pikepdf.Stream(whole, zlib.compress(rgb, 6))
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = wide, high, 8
    image.ColorSpace, image.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.FlateDecode
    if (wide > high) != (width > height):  # a broad picture lies on a broad page
        width, height = height, width
    scale = min((width - 2 * _MARGIN) / wide, (height - 2 * _MARGIN) / high, 72 / _COARSEST)
    across, up = wide * scale, high * scale
    page = whole.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=whole.make_indirect(image)))
    drawn = f"q {across:.2f} 0 0 {up:.2f} {(width - across) / 2:.2f} {height - _MARGIN - up:.2f} cm /Im0 Do Q"
    page.Contents = pikepdf.Stream(whole, drawn.encode("ascii"))
