"""TOML of anybody's is read as ever, but for keys that would take the reader hours."""

import tomllib

import pytest

from foiadesk import toml
from foiadesk.law.tables import read_toml
from foiadesk.records.errors import BadInput

HOSTILE = ("a" + ".a" * 1_000_000 + " = 1", 'x = {"a"' + '. "a"' * 500_000 + " = 1}", ("[a" + ".a" * 900 + "]\n") * 100)


def test_what_people_write_is_read_as_the_library_does():
    told = 'a.b.c = "One. Two. Three. ' + "And so on. " * 3000 + '"\n[d.e]\nf = 1.5\n'
    assert toml.loads(told) == tomllib.loads(told)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_key_without_end_is_refused_at_once(text, tmp_path):
    with pytest.raises(ValueError, match="too many parts"):
        toml.loads(text)
    path = tmp_path / "law.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match=r"law\.toml cannot be read"):
        read_toml(path)
