"""A pack's mistakes are named by file and field; packs of one's own add to the shipped ones or go before them."""

import re
import shutil

import pytest

from foiadesk.law import answer, load_pack
from foiadesk.law import packs as packs_module
from foiadesk.law.packs import law_files, read_pack, user_folder
from foiadesk.records.errors import BadInput, NotFound
from foiadesk.shelf import resource
from tests.law.asking import clock, d, events, received

NEW_YORK = resource("laws", "us-ny.toml")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("schema = 1", "schema = 2", "schema: 2"),
        ("schema = 1", "", "schema is missing"),
        ('kind = "law"', 'kind = "rule"', "kind: 'rule'"),
        ('procedure = "general"', 'procedure = "own"', "procedure: 'own'"),
        ('procedure = "general"', "", "routing is missing"),
        ('calendar = "us-ny"', "calendar = 7", "calendar: 7 is not a text"),
        ('calendar = "us-ny"', 'calendar = " "', "calendar: ' ' is not a text"),
        ('confidence = "verified"', 'confidence = "sure"', "confidence: 'sure' is none of verified"),
        ("checked_on = 2026-11-23", 'checked_on = "today"', "checked_on: 'today' is not a date"),
        ("checked_on = 2026-11-23", "checked_on = 2026-11-23T10:00:00", "checked_on"),
        ("sources = [", "sources = [1, ", "sources"),
        ("[review]", "[reviews]", "review is missing"),
        ("[silence]", "[fees]\n[silence]", "fees has no meaning"),
        ("[clocks.appeal_window]", "[clocks.appeals]", "clocks.appeals is none of"),
        ("[clocks.determination]", "[clocks.production]", "clocks.determination is missing"),
        ("[clocks.acknowledgment]", "[clocks.limitation]", "clocks.determination: after"),
        ("days = 20", "days = 0", "clocks.determination: days: 0 is outside"),
        ("days = 20", "days = 100000", "clocks.determination: days: 100000 is outside"),
        ("days = 20", "days = true", "clocks.determination: days: True is not a whole number"),
        ("days = 20", "", "clocks.determination: unit is given, but days is not"),
        ("days = 20\n", "days = 20\nother_days = 3\n", "clocks.determination: other_unit is missing"),
        ("days = 20\n", 'days = 20\nother_days = 3\nother_unit = "weeks"\n', "clocks.determination: other_says"),
        ('counted_from = "act"', 'counted_from = "now"', "clocks.determination: counted_from: 'now'"),
        ('unit = "months"', 'unit = "moons"', "clocks.review_window: unit: 'moons'"),
        ('path = "required"', 'path = "maybe"', "review: path: 'maybe'"),
        ('effect = "denied"', 'effect = "yes"', "silence: effect: 'yes'"),
        ("[extension]", "[extension]\ncolour = 1", "extension: it has no field 'colour'"),
        ("[extension]", "[extension", "cannot be read"),
    ],
)
def test_a_mistake_is_named_by_file_and_field(tmp_path, old: str, new: str, named: str) -> None:
    text = NEW_YORK.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "us-ny.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read_pack(path)
    assert str(caught.value).startswith("us-ny.toml")
    assert named in str(caught.value)
    assert "\n" not in str(caught.value).split("cannot be read")[0]


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a = " + b"[" * 100_000, b"x" * (5 * 1024 * 1024)])
def test_bytes_that_are_no_pack_are_refused(tmp_path, data: bytes) -> None:
    path = tmp_path / "odd.toml"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"odd\.toml cannot be read"):
        read_pack(path)


@pytest.fixture
def mine(tmp_path):
    """Return a folder with a changed New York, a town of its own calendar, and a file that is no pack."""
    text = NEW_YORK.read_text(encoding="utf-8").replace("days = 20", "days = 3", 1)
    (tmp_path / "us-ny.toml").write_text(text, encoding="utf-8")
    town = resource("laws", "us-co.toml").read_text(encoding="utf-8")
    town = town.replace('id = "us-co"', 'id = "us-co-town"').replace('calendar = "us-co"', 'calendar = "town-days"')
    (tmp_path / "us-co-town.toml").write_text(town, encoding="utf-8")
    (tmp_path / "town-days.toml").write_text(
        'kind = "calendar"\nid = "town-days"\ntitle = "The town"\nversion = "town 1"\nfirst_year = 2020\n'
        'last_year = 2030\n[[holidays]]\nname = "Founders Day"\nmonth = 9\nday = 8\n',
        encoding="utf-8",
    )
    (tmp_path / "broken.toml").write_text("[", encoding="utf-8")
    (tmp_path / "Not A Name.toml").write_text("[", encoding="utf-8")
    return tmp_path


def test_a_pack_of_one_s_own_goes_before_the_shipped_one_and_carries_its_own_version(mine) -> None:
    own, shipped = load_pack("us-ny", mine), load_pack("us-ny")
    assert (own.clocks["determination"].days, shipped.clocks["determination"].days) == (3, 20)
    assert own.version.startswith(f"{shipped.version}+")
    assert shipped.folder is None
    (mine / "us-ny.toml").write_text((mine / "us-ny.toml").read_text().replace("days = 3", "days = 4", 1))
    packs_module.load_pack.cache_clear()
    assert load_pack("us-ny", mine).version != own.version


def test_a_new_pack_may_bring_its_own_calendar(mine) -> None:
    town = load_pack("us-co-town", mine)
    found = answer(events(received("2026-09-04")), law=town, agency=None, today=d("2026-09-04"))
    # The town keeps September 8, and not Labor Day.
    assert clock(found).due == d("2026-09-10")
    assert [skip.reason for skip in clock(found).skipped if skip.reason != "weekend"] == ["Founders Day"]
    assert set(law_files(mine)) == {*law_files(), "us-co-town", "broken"}


def test_a_broken_pack_hides_no_other_and_is_named_when_asked_for(mine) -> None:
    assert load_pack("us-ca", mine).id == "us-ca"
    with pytest.raises(BadInput, match=r"broken\.toml cannot be read"):
        load_pack("broken", mine)


def test_a_pack_is_named_as_its_file(tmp_path) -> None:
    shutil.copy(NEW_YORK, tmp_path / "ny.toml")
    with pytest.raises(BadInput, match=r"ny\.toml: id: 'us-ny'"):
        load_pack("ny", tmp_path)


def test_unknown_laws_are_refused_with_near_ones_and_paths_are_no_names(tmp_path) -> None:
    with pytest.raises(NotFound, match="us-ny"):
        load_pack("us-nyy")
    for name in ("../us-ny", "us-ny.toml", "", "us-federal", "us-agencies", "calendars"):
        with pytest.raises(NotFound):
            load_pack(name, tmp_path)


def test_the_user_s_own_folder_is_used_when_no_other_is_given(mine, monkeypatch) -> None:
    monkeypatch.setattr(packs_module, "user_folder", lambda: mine)
    for cached in (packs_module.law_files, packs_module.load_pack):
        cached.cache_clear()
    try:
        assert load_pack("us-ny").clocks["determination"].days == 3
    finally:
        for cached in (packs_module.law_files, packs_module.load_pack):
            cached.cache_clear()
    assert user_folder().name == "laws"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("month = 9", "month = 13", "no such day"),
        ("day = 8", "day = 31", "no such day"),
        ("day = 8", 'weekday = "monday"\nnth = 5', "nth: 5"),
        ("day = 8", "nth = 1", "weekday is missing"),
        ("month = 9", 'month = "September"', "month: 'September'"),
        ("last_year = 2030", "last_year = 2010", "years are not in order"),
        ('title = "The town"', "title = 3", "title: 3"),
        ("[[holidays]]", "colour = 1\n[[holidays]]", "colour"),
    ],
)
def test_a_calendar_s_mistake_is_named_by_file_and_field(mine, old: str, new: str, named: str) -> None:
    from foiadesk.law.calendars import load_calendar

    path = mine / "town-days.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(BadInput, match=named) as caught:
        load_calendar("town-days", mine)
    assert "town-days.toml" in str(caught.value)


def test_the_documented_examples_are_usable_and_every_field_is_documented(tmp_path) -> None:
    from foiadesk.law.schema import CLOCKS, PARTS, RULE, TOP
    from foiadesk.shelf import resources

    page = resources().parent / "docs" / "law-packs.md"
    if not page.is_file():
        pytest.skip("the documentation lies only in a checkout")
    text = page.read_text(encoding="utf-8")
    for number, block in enumerate(text.split("```toml\n")[1:]):
        name = "town-days" if number == 0 else "us-co-town"
        (tmp_path / f"{name}.toml").write_text(block.split("```")[0], encoding="utf-8")
    found = answer(
        events(received("2026-09-04")), law=load_pack("us-co-town", tmp_path), agency=None, today=d("2026-09-05")
    )
    assert clock(found, "acknowledgment").due == d("2026-09-10")  # the town keeps the 8th
    general = [name for name in PARTS if name not in {"routing", "exhaustion", "fees"}]
    fields = {*TOP, *RULE, *CLOCKS, *(field for name in general for field in PARTS[name])}
    described = text[text.index("## Fields") :]  # before it, commands have names of their own
    missing = [field for field in sorted(fields) if not re.search(rf"[`.\[]{field}\b", described)]
    assert missing == ["exhaustion", "routing"]  # tables of the federal procedure alone
