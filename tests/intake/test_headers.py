"""Headers as broken as they come."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foiadesk.intake import headers

ANY = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="=?utf-8BbQq_ÄÖ\"'<>@,;:()*% \\\r\n\t0=", max_size=200),
    st.binary(max_size=100).map(lambda data: data.decode("ascii", "surrogateescape")),
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("folded\r\n over\r\n\tlines", "folded over lines"),
        ("=?utf-8?Q?R=C3=A9ponse_finale?=", "Réponse finale"),
        ("=?UTF-8?B?UsOpcG9uc2U=?= =?utf-8?q?_finale?=", "Réponse finale"),
        ("=?iso-8859-1?Q?Caf=E9?= today", "Café today"),
        ("=?utf-8?B?w6k=?=", "é"),
        ("=?utf-8?B?4pw=?= =?utf-8?B?kw==?=", "✓"),
        ("=?utf-8?Q?=E2=9C?=\r\n =?UTF-8?Q?=93?= x", "✓ x"),
        ("=?utf-8?B?A?= =?utf-8?Q?b?=", "=?utf-8?B?A?=b"),
        ("=?no-such-set?Q?abc?=", "abc"),
        ("=?NONE?B?VEVTVA=?=", "TEST"),
        ("=?utf-8*en?Q?tagged?=", "tagged"),
        ("broken =?utf-8?Q?never closed", "broken =?utf-8?Q?never closed"),
        (b"raw \xc3\xa9".decode("ascii", "surrogateescape"), "raw é"),
        (b"raw \xe9".decode("ascii", "surrogateescape"), "raw é"),
        ("evil\u202egnp.exe\x00\x1b", "evilgnp.exe"),
    ],
)
def test_words(value: str, text: str) -> None:
    assert headers.words(value) == text


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("a@b.example", ("a@b.example",)),
        ("<a@b.example>", ("a@b.example",)),
        ('"Doe, Jane" <j@x.example>, Bob <b@x.example>', ('"Doe, Jane" <j@x.example>', "Bob <b@x.example>")),
        ('"Jane Doe" <j@x.example>', ("Jane Doe <j@x.example>",)),
        ("j@x.example (Jane Doe)", ("Jane Doe <j@x.example>",)),
        ("Staff: a@x.example, b@x.example; c@x.example", ("a@x.example", "b@x.example", "c@x.example")),
        ("undisclosed-recipients:;", ()),
        ("=?utf-8?Q?Doe=2C_J=C3=A9?= <j@x.example>, b@x.example", ("Doe, Jé <j@x.example>", "b@x.example")),
        ("", ()),
        (", ,;", ()),
    ],
)
def test_addresses(value: str, found: tuple[str, ...]) -> None:
    assert headers.addresses(value) == found


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ("attachment; filename=a.pdf", "a.pdf"),
        ("attachment; filename=a b.pdf; size=3", "a b.pdf"),
        ("attachment; filename*=utf-8''R%C3%A9ponse.pdf", "Réponse.pdf"),
        ('attachment; filename*0="long "; filename*1="name.pdf"', "long name.pdf"),
        ("attachment; filename*1*=%20two.pdf; filename*0*=iso-8859-1'en'on%E9", "oné two.pdf"),
        ('attachment; filename="=?utf-8?Q?R=C3=A9ponse.pdf?="', "Réponse.pdf"),
        ('attachment; filename="quo\\"te.pdf"', 'quo"te.pdf'),
        ('attachment; filename="never closed.pdf', "never closed.pdf"),
        (b"attachment; filename=\xe9.pdf".decode("ascii", "surrogateescape"), "é.pdf"),
        ("attachment; filename*=no'charset", "no'charset"),
        ("attachment", ""),
        ("", ""),
    ],
)
def test_file_names(value: str, name: str) -> None:
    first, given_by = headers.parameters(value)
    assert first in ("attachment", "")
    assert headers.file_name({}, given_by) == name


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Fri, 20 Apr 2001 19:35:02 -0400", datetime(2001, 4, 20, 19, 35, 2, tzinfo=timezone(timedelta(hours=-4)))),
        ("20 Apr 2001 19:35:02 +0000", datetime(2001, 4, 20, 19, 35, 2, tzinfo=UTC)),
        ("Tue, 12 Oct 2010 16:21:05", datetime(2010, 10, 12, 16, 21, 5, tzinfo=UTC)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Fri, 31 Feb 2001 19:35:02 -0400", None),
        ("Fri, 20 Apr 2001 19:35:02 +9999999999", None),
        ("31 Dec 9999 23:59:59 -1200", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_moments(value: str, moment: datetime | None) -> None:
    found = headers.moment(value)
    assert found == moment
    if found and moment:
        assert found.utcoffset() == moment.utcoffset()


def test_message_ids() -> None:
    assert headers.message_ids("<a@b> (text) <c@d>\r\n <e@f>") == ("<a@b>", "<c@d>", "<e@f>")
    assert headers.message_ids("bare@id rest") == ("bare@id",)
    assert headers.message_ids("words only") == ()


@given(ANY)
def test_no_header_raises_and_all_is_clean(value: str) -> None:
    for text in (headers.words(value), *headers.addresses(value), *headers.message_ids(value)):
        text.encode("utf-8")
        assert "\n" not in text
    first, given_by = headers.parameters(value)
    headers.file_name(given_by, given_by).encode("utf-8")
    found = headers.moment(value)
    assert found is None or found.tzinfo is not None
    assert isinstance(first, str)
