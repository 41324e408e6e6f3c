"""Everything on the desk is found, in any writing; what is gone, thrown away or taken back is not."""

import json
from datetime import date
from email.message import EmailMessage

import pytest

from foiadesk.desk import Desk, IncomingFile
from foiadesk.records import Channel, Direction
from foiadesk.records.errors import BadInput, Conflict, NotFound
from foiadesk.store.index import NoIndex

from ..shared_data import shared
from .conftest import START, Ask, Maker, sent


def kinds(desk: Desk, query: str, **how: object) -> list[tuple[str, int]]:
    desk.search.bring()
    page = desk.search.find(query, **how)  # type: ignore[arg-type]
    assert page.waiting == page.unread == 0
    return [(hit.kind, hit.id) for hit in page.hits]


def message(subject: str, body: str, *files: tuple[str, bytes]) -> IncomingFile:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Foia Officer <foia@ice.example>", "records@lantern.example", subject
    made["Date"] = "Fri, 02 Jan 2026 10:00:00 -0500"
    made.set_content(body)
    for name, data in files:
        made.add_attachment(data, maintype="text", subtype="plain", filename=name)
    return IncomingFile("reply.eml", made.as_bytes())


def test_everything_is_found_where_it_lies(desk: Desk, ask: Ask) -> None:
    number = ask("Cell-site simulators", notes="remember the marmalade", background="because of zebras")
    sent(desk, number, START)
    desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": "spoke to Ms. Quill"})
    draft = desk.letters.start("policy_request", number).primary
    desk.letters.save(draft, {**desk.letters.get(draft).values, "background": "a pelican paragraph"})
    filed = desk.filing.file(
        message("About ocelots", "the body says walrus", ("lynx.txt", "inside: Nandú".encode())), number
    )
    mail = filed.primary
    part = next(one.id for one in desk.filing.documents(number) if one.name == "lynx.txt")
    assert kinds(desk, "simulators kind:request") == [("request", number)]
    assert kinds(desk, "marmalade") == kinds(desk, "zebras kind:request") == [("request", number)]
    assert [kind for kind, _ in kinds(desk, "quill")] == ["event"]
    assert kinds(desk, "pelican") == [("letter", draft)]
    assert kinds(desk, "ocelots") == kinds(desk, "walrus") == [("mail", mail)]
    assert kinds(desk, "nandu") == kinds(desk, "NANDÚ") == [("file", part)]
    assert kinds(desk, "lynx.txt") == kinds(desk, "lynx") == [("file", part)]
    assert kinds(desk, "foia@ice.example") == [("mail", mail)]


def test_tracking_numbers_are_found_in_every_writing(desk: Desk, ask: Ask) -> None:
    with_hyphens, plain = ask("One"), ask("Two")
    for request, number in ((with_hyphens, "2026-ICFO-00123"), (plain, "2026ICFO00777")):
        sent(desk, request, START)
        event = {"kind": "acknowledged", "date": START.isoformat(), "tracking_number": number}
        desk.requests.add_event(request, event)
    desk.filing.file(message("x", "as to F-22/00941 we say"), with_hyphens)
    for query in (
        "2026-ICFO-00123",
        "2026ICFO00123",
        "00123",
        "2026 icfo 00123",
        "icfo00123",
        "2026-icfo-0012*",
        "0123",
    ):
        assert ("request", with_hyphens) in kinds(desk, query), query
        assert ("request", plain) not in kinds(desk, query), query
    for query in ("2026-ICFO-00777", "2026ICFO00777", "00777", "ICFO 00777"):
        assert ("request", plain) in kinds(desk, query), query
    for query in ("F-22/00941", "F2200941", "F-2200941", "22-00941"):
        assert [kind for kind, _ in kinds(desk, query)] == ["mail"], query
    assert ("request", with_hyphens) in kinds(desk, "in:00123")
    assert ("request", plain) in kinds(desk, "in:2026-icfo-00777")
    assert ("request", plain) in kinds(desk, f"in:{plain}")


def test_parts_of_words_are_found_in_titles_and_names(desk: Desk, ask: Ask) -> None:
    number = ask("Biometric surveillance", office="DHS/CBP")
    assert kinds(desk, "veillan") == [("request", number)]
    assert kinds(desk, "ometr veillance") == [("request", number)]
    assert kinds(desk, "surv") == [("request", number)]
    desk.search.bring()
    page = desk.search.find("veillan")
    assert page.hits[0].title_marks == ((13, 20),)
    assert kinds(desk, "surv biom", typing=True) == [("request", number)]


def test_words_begin_so_when_no_whole_word_fits(desk: Desk, ask: Ask) -> None:
    ask("One", notes="extraordinary rendition")
    desk.search.bring()
    page = desk.search.find("extraord")
    assert page.total == 1
    assert page.notes


def test_filters_ask_what_holds_today(desk: Desk, ask: Ask, today) -> None:
    ice, cbp = ask("Alpha", campaign_title="Cameras"), ask("Beta", office="DHS/CBP")
    sent(desk, ice, START)
    desk.filing.file(
        message("Alpha mail", "x", ("a.txt", b"alpha file")),
        ice,
        event={"kind": "acknowledged", "date": "2026-01-05", "tracking_number": "2026-ICFO-1"},
    )
    desk.filing.file(IncomingFile("loose.txt", b"alpha loose"), None)

    def found(query: str) -> set[str]:
        return {kind for kind, _ in kinds(desk, query)}

    assert kinds(desk, "agency:ICE kind:request") == [("request", ice)]
    assert kinds(desk, "agency:DHS/CBP kind:request") == [("request", cbp)]
    assert set(kinds(desk, "agency:DHS kind:request")) == {("request", ice), ("request", cbp)}
    assert kinds(desk, "campaign:camera kind:request") == [("request", ice)]
    assert kinds(desk, "stage:draft kind:request") == [("request", cbp)]
    assert found("alpha has:attachment") == {"mail"}
    assert found("has:event") == {"mail"}
    assert found("is:tray") == {"mail", "file"}
    assert found("alpha is:incoming type:text") == {"file"}
    assert found("kind:acknowledged") == {"event"}
    assert found("alpha -kind:file -kind:mail -kind:event") == {"request"}
    assert kinds(desk, "stage:overdue") == []
    today.pass_days(60)
    assert ("request", ice) in kinds(desk, "stage:overdue")
    assert found("from:2026-01-02 to:2026-01-03 agency:ICE has:attachment") == {"mail"}
    assert kinds(desk, "from:2027 to:2028") == []
    assert found("on:2026-01-05 kind:event") == {"event"}


def test_what_is_thrown_away_or_taken_back_is_not_found(desk: Desk, ask: Ask) -> None:
    number = ask("Kestrel", notes="first")
    mail = desk.filing.file(message("Kestrel mail", "x", ("kestrel.txt", b"kestrel inside")), number).primary
    assert {kind for kind, _ in kinds(desk, "kestrel")} == {"request", "mail", "file"}
    desk.requests.trash(number)
    assert kinds(desk, "kestrel") == []
    desk.requests.restore(number)
    assert {kind for kind, _ in kinds(desk, "kestrel")} == {"request", "mail", "file"}
    desk.trash.put("correspondence", mail)
    assert {kind for kind, _ in kinds(desk, "kestrel")} == {"request"}
    desk.history.undo()
    assert {kind for kind, _ in kinds(desk, "kestrel")} == {"request", "mail", "file"}
    desk.filing.move(mail, None)
    assert {kind for kind, _ in kinds(desk, "kestrel agency:ICE")} == {"request"}
    note = desk.requests.add_event(number, {"kind": "note", "date": "2026-01-05", "note": "gyrfalcon"})
    assert [kind for kind, _ in kinds(desk, "gyrfalcon")] == ["event"]
    assert note.undoable
    desk.history.undo()
    assert kinds(desk, "gyrfalcon") == []


def test_other_names_are_found_at_once(desk: Desk, ask: Ask) -> None:
    number = ask("Alpha", campaign_title="Cameras")
    assert kinds(desk, "cameras") == [("request", number)]
    campaign = desk.requests.campaigns()[0].id
    desk.requests.rename_campaign(campaign, "Drones")
    assert kinds(desk, "drones") == [("request", number)]
    assert kinds(desk, "cameras") == []


def test_a_purge_leaves_the_text_of_other_files(desk: Desk, ask: Ask) -> None:
    number = ask()
    gone = desk.filing.file(IncomingFile("gone.txt", b"wolverine habitat"), number).primary
    desk.filing.file(IncomingFile("kept.txt", b"badger habitat"), number)
    assert len(kinds(desk, "habitat")) == 2
    desk.trash.put("correspondence", gone)
    desk.search.bring()
    with desk.store.index.read() as db:
        assert db.execute("SELECT count(*) FROM pages WHERE text LIKE '%wolverine%'").fetchone()[0] == 1
    desk.trash.purge([("correspondence", gone)])
    assert len(kinds(desk, "habitat")) == 1
    with desk.store.index.read() as db:
        assert db.execute("SELECT count(*) FROM pages").fetchone()[0] == 1
        words = db.execute("SELECT count(*) FROM words WHERE words MATCH 'wolverine'").fetchone()[0]
    assert words == 0


def test_an_index_that_is_lost_damaged_older_or_of_another_desk_is_made_anew(
    desk: Desk, ask: Ask, maker: Maker
) -> None:
    ask("Kestrel")
    assert len(kinds(desk, "kestrel")) == 1
    place = desk.folder / "index.db"
    desk.close()
    old = place.read_bytes()
    for spoil in (
        lambda: place.unlink(),
        lambda: place.write_bytes(b""),
        lambda: place.write_bytes(b"not a database" * 900),
        lambda: place.write_bytes(old[:4096] + bytes(8192) + old[12288:]),
    ):
        spoil()
        again = maker.open()
        page = again.search.find("kestrel")
        assert page.hits == () or page.hits[0].title == "Kestrel"
        assert len(kinds(again, "kestrel")) == 1
        again.close()
    again = maker.open()
    ask_more = again.requests.get(1)
    again.requests.change(type(ask_more)(**{**_fields(ask_more), "title": "Merlin"}))
    assert len(kinds(again, "merlin")) == 1
    again.close()
    place.write_bytes(old)  # as somebody who puts back an older copy of this file alone
    last = maker.open()
    assert last.search.find("kestrel").hits == ()
    assert last.search.waiting() > 0
    assert len(kinds(last, "merlin")) == 1
    assert kinds(last, "kestrel") == []


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in type(record).__dataclass_fields__}  # type: ignore[attr-defined]


def test_a_step_that_is_cut_off_anywhere_loses_nothing(desk: Desk, ask: Ask, monkeypatch) -> None:
    ask("Kestrel")
    desk.search.bring()
    ask("Merlin")
    write = desk.store.write
    monkeypatch.setattr(desk.store, "write", lambda work: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        desk.search.step()  # the index knows it, the queue still holds it
    monkeypatch.setattr(desk.store, "write", write)
    assert desk.search.waiting() > 0
    assert len(kinds(desk, "merlin")) == 1
    ask("Hobby")
    index = desk.store.index
    kept = index.write
    monkeypatch.setattr(index, "write", lambda work, **_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        desk.search.step()  # nothing was written
    monkeypatch.setattr(index, "write", kept)
    assert len(kinds(desk, "hobby")) == 1
    assert len(kinds(desk, "kestrel")) == 1


def test_what_is_queued_again_while_it_is_written_is_written_again(desk: Desk, ask: Ask, monkeypatch) -> None:
    number = ask("Kestrel")
    desk.search.bring()
    request = desk.requests.get(number)
    desk.requests.change(type(request)(**{**_fields(request), "title": "Merlin"}))
    index = desk.store.index
    kept = index.write

    def write(work, **how):
        monkeypatch.setattr(index, "write", kept)
        now = desk.requests.get(number)
        desk.requests.change(type(now)(**{**_fields(now), "title": "Hobby"}))
        return kept(work, **how)

    monkeypatch.setattr(index, "write", write)
    desk.search.step()
    assert desk.search.waiting() > 0
    assert len(kinds(desk, "hobby")) == 1
    assert kinds(desk, "merlin") == []


def test_beside_a_window_what_is_there_is_searched(desk: Desk, ask: Ask, maker: Maker) -> None:
    ask("Kestrel")
    reading = maker.open(write=False)
    assert reading.search.find("kestrel").hits == ()
    assert reading.search.waiting() > 0
    with pytest.raises(NoIndex), reading.store.index.read():
        pass
    desk.search.bring()
    ask("Merlin")
    assert [hit.title for hit in reading.search.find("kestrel").hits] == ["Kestrel"]
    assert reading.search.find("merlin").waiting > 0


def test_snippets_show_what_was_found_and_where(desk: Desk, ask: Ask) -> None:
    number = ask()
    text = "\f".join(["nothing here " * 40, "before " * 60 + "the Ocelot stood by the river" + " after" * 60])
    desk.filing.file(IncomingFile("a.txt", text.encode()), number)
    desk.search.bring()
    hit = next(one for one in desk.search.find("river ocelot").hits if one.kind == "file")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Ocelot", "river"]
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 220
    assert hit.page == 2


def test_naughty_strings_are_literal_and_no_error(desk: Desk, ask: Ask) -> None:
    strings = [text for text in json.loads(shared("hostile/blns.json").read_text("utf-8")) if text.strip()]
    number = ask("Naughty")
    for at in range(0, len(strings), 40):
        body = "\n".join(strings[at : at + 40])
        desk.filing.file(IncomingFile(f"{at}.txt", body.encode("utf-8", "replace")), number)
    desk.search.bring()
    for text in strings:
        page = desk.search.find(text)
        for hit in page.hits:
            assert "\x01" not in hit.snippet + hit.title
            assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
        desk.search.find(text, typing=True, order="newest")


def test_many_hits_are_counted_to_a_bound_and_titles_and_the_newest_come_first(desk: Desk, monkeypatch) -> None:
    from foiadesk.store import index_search, rows_index

    monkeypatch.setattr(index_search, "COUNTED", 50)
    monkeypatch.setattr(index_search, "ALL_SORTED", 50)
    monkeypatch.setattr(index_search, "LOOKED_AT", 20)
    monkeypatch.setattr(index_search, "RANKED", 10)
    desk.search.bring()
    special = {9_005: ("heron", ""), 9_185: ("about a heron", ""), 9_190: ("heron egret", ""), 9_195: ("", "heron")}

    def fill(db):
        for key in range(9_001, 9_201):
            title, names = special.get(key, (f"mail {key}", ""))
            text = "heron " * (9_201 - key) + ("egret" if key == 9_185 else "") + (" teal" if key < 9_016 else "")
            rows_index.put(db, rows_index.Entry("mail", key, title, names, text=text))

    desk.store.index.write(fill)
    page = desk.search.find("heron", limit=30)
    assert (page.total, page.more) == (50, True)
    rest = [key for key in range(9_200, 9_000, -1) if key not in (9_190, 9_185, 9_195)]
    expected = [9_190, 9_185, 9_195, *rest]  # titles and names among the newest, then the newest
    assert [hit.id for hit in page.hits] == expected[:30]
    pages = [desk.search.find("heron", limit=7, offset=at).hits for at in range(0, 210, 7)]
    assert [hit.id for hits in pages for hit in hits] == expected
    assert all(hit.marks or hit.title_marks for hits in pages for hit in hits)
    without = desk.search.find("heron -egret", limit=30)
    assert [hit.id for hit in without.hits][:2] == [9_195, 9_200]
    assert not {9_185, 9_190} & {hit.id for hit in without.hits}
    few = desk.search.find('heron "mail 9007"', limit=30)
    assert (few.total, few.more) == (1, False)
    some = desk.search.find("heron teal", limit=30)  # too many to be ranked, few enough to look at each
    assert (some.total, some.more) == (15, False)
    assert [hit.id for hit in some.hits] == list(range(9_015, 9_000, -1))
    assert desk.search.find("heron", limit=5, order="newest").hits[0].id == 9_200


def test_saved_searches_can_be_undone(desk: Desk) -> None:
    key = desk.search.save("Late ones", " stage:overdue ").primary
    assert [(one.name, one.query) for one in desk.search.saved()] == [("Late ones", "stage:overdue")]
    assert desk.search.save("late ones", "stage:overdue agency:ICE").primary == key
    assert [one.query for one in desk.search.saved()] == ["stage:overdue agency:ICE"]
    other = desk.search.save("Faces", "face").primary
    with pytest.raises(BadInput):
        desk.search.rename(other, "LATE ONES")
    desk.search.rename(other, "FACES")
    desk.search.remove(key)
    assert [one.name for one in desk.search.saved()] == ["FACES"]
    desk.history.undo()
    assert [one.name for one in desk.search.saved()] == ["FACES", "late ones"]
    desk.history.undo()
    assert [one.name for one in desk.search.saved()] == ["Faces", "late ones"]
    for name, query in (("", "x"), ("x", " "), ("x" * 300, "x"), ("x", "y" * 9_000)):
        with pytest.raises(BadInput):
            desk.search.save(name, query)
    with pytest.raises(NotFound):
        desk.search.remove(99)
    desk.history.undo()
    with pytest.raises((Conflict, BadInput)):
        for _ in range(9):
            desk.history.undo()


def test_a_letter_that_was_sent_is_found_by_its_words(desk: Desk, ask: Ask) -> None:
    number = ask("Kestrel")
    draft = desk.letters.start("policy_request", number).primary
    desk.letters.save(draft, {**desk.letters.get(draft).values, "background": "a pelican paragraph"})
    desk.letters.mark_sent(draft, channel=Channel.PORTAL, on=date(2026, 1, 5), with_blanks=True)
    found = kinds(desk, '"pelican paragraph"')
    assert [kind for kind, _ in found] == ["mail"]  # once, not also as a letter and as its PDF
    assert kinds(desk, "pelican kind:letter") == kinds(desk, "pelican is:sent") == found
    assert kinds(desk, "pelican is:draft") == []
    assert desk.filing.correspondence(number)[0].direction is Direction.OUT
