"""What a letter warns of, and what is blank in it, is said in the window's language."""

from foiadesk.letters import compose, kinds
from foiadesk_ui import i18n
from tests.letters.examples import ALONE, LATE


def test_every_warning_and_every_blank_is_told_in_spanish(qapp):
    i18n.use("es")
    untold: dict[str, str] = {}
    count = 0
    for kind in kinds():
        spoilt = {field.name: "zzz" for field in kind.fields if field.type in ("date", "money", "choice")}
        for context in (ALONE, LATE):
            for values in ({}, spoilt, {"no_such_field": "x"}):
                letter = compose(kind, context, values)
                told = [*letter.warnings, *(blank.label for blank in letter.blanks)]
                count += len(told)
                untold |= {words: kind.name for words in told if i18n.words_of(words) == words}
    i18n.use("en")
    assert count > 500 and untold == {}
