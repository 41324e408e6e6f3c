"""Encrypted files examined: their print is of all bytes, their content is proven, small and large alike."""

import io
from hashlib import sha256

import pytest
from pyrage import encrypt, x25519

from foiadesk.store import sealed
from foiadesk.store.sealed import Print, examined

ME = x25519.Identity.generate()


@pytest.fixture(params=["at once", "as a stream"], autouse=True)
def _bound(request, monkeypatch) -> None:
    if request.param == "as a stream":
        monkeypatch.setattr(sealed, "AT_ONCE", 1_000)
    monkeypatch.setattr(sealed, "CHUNK", 700)


class Dribble(io.BytesIO):
    """Gives less than it is asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size, 333) if size and size > 0 else size)


@pytest.mark.parametrize("size", [0, 1, 5_000, 200_000])
@pytest.mark.parametrize("source", [io.BytesIO, Dribble])
def test_what_is_whole_is_proven_and_copied_as_it_lies(size, source) -> None:
    content = bytes(number % 251 for number in range(size))
    lying = encrypt(content, [ME.to_public()])
    copy = io.BytesIO()
    found, inside = examined(source(lying), [ME], copy)
    assert found == Print(len(lying), sha256(lying).hexdigest())
    assert inside == sha256(content).hexdigest()
    assert copy.getvalue() == lying


@pytest.mark.parametrize("size", [100, 100_000])
@pytest.mark.parametrize("harm", ["a byte", "the end", "more", "another key", "all"])
def test_what_is_damaged_has_no_content_but_a_print(size, harm) -> None:
    whom = x25519.Identity.generate() if harm == "another key" else ME
    lying = encrypt(bytes(size), [whom.to_public()])
    if harm == "a byte":
        lying = lying[:-40] + bytes([lying[-40] ^ 1]) + lying[-39:]
    lying = {"the end": lying[:-1], "more": lying + b"x", "all": b""}.get(harm, lying)
    assert examined(io.BytesIO(lying), [ME]) == (Print(len(lying), sha256(lying).hexdigest()), "")


def test_a_failing_disk_is_no_damage() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 900:
                raise OSError("the disk is gone")
            return super().read(size)

    lying = encrypt(bytes(5_000), [ME.to_public()])
    with pytest.raises(OSError, match="the disk is gone"):
        examined(Failing(lying), [ME])
