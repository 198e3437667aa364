"""Emoji, right-to-left and control characters in what is typed and in the files that leave."""

import io
import zipfile

import pytest
from tests.apps.test_reports import compose
from tests.findings_story import story
from tests.pages.test_cases import at, browser

from goldthread.apps.access.policy import Refused
from goldthread.apps.reports.rendering import compiling
from goldthread.domain.plain_text import plain, without_controls

STRANGE = "Bell \x07 and a line\x0bbroken, 🏠 \u202eend\x1b[31m גם"


def test_control_characters_go_and_letters_of_every_script_stay() -> None:
    assert without_controls(STRANGE) == "Bell  and a line broken, 🏠 \u202eend[31m גם"
    assert without_controls("one\r\ntwo\tthree\u200f") == "one\r\ntwo\tthree\u200f"
    assert without_controls("half \ud83c of one") == "half  of one"
    assert plain({"a": ["\x07x", ("\x00y", 3)]}) == {"a": ["x", ("y", 3)]}


@pytest.mark.django_db
def test_a_report_with_strange_signs_is_made_in_every_form() -> None:
    import docx

    told = story()
    told.agreed("survey", statement="Bell \x07 and a line\x0bbroken, 🏠 stays", explanation="Heard\x1b[31m it.")
    report, lead = compose(told), browser(told, "lead")
    word = lead.get(at("report_word", told, report=report.pk))
    held = "\n".join(one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert word.status_code == 200 and "Bell  and a line broken, 🏠 stays" in held
    odt = lead.get(at("report_odt", told, report=report.pk))
    text = zipfile.ZipFile(io.BytesIO(odt.content)).read("content.xml").decode()
    assert odt.status_code == 200 and "and a line broken, 🏠 stays" in text and "\x07" not in text
    made = lead.get(at("report_pdf", told, report=report.pk))
    assert made.status_code == 200 and made.content[:5] == b"%PDF-"


def test_a_sign_without_a_shape_is_put_in_words_and_a_letter_without_one_is_told_of() -> None:
    assert compiling._in_words('{"a": "\\ud83c\\udfe0 🏠"}', "🏠") == '{"a": "[house building] [house building]"}'
    with pytest.raises(Refused, match="no font here has the letter"):
        compiling._in_words("ہ", "ہ")


@pytest.mark.django_db
def test_what_is_typed_in_any_form_is_kept_without_control_characters() -> None:
    told = story()
    lead = browser(told, "lead")
    answer = lead.post(
        at("observation_new", told),
        {"kind": "meeting", "day_0": "1", "day_1": "2", "day_2": "2026", "day": "2026-02-01", "team": STRANGE[:40],
         "saw": STRANGE, "gist": STRANGE},
    )  # fmt: skip
    sent = answer.wsgi_request.POST["saw"]
    assert sent == without_controls(STRANGE) and "🏠" in sent
