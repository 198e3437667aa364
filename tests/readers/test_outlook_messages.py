"""Messages of Outlook, read in the sandbox."""

from pathlib import Path

import pytest
from tests import outlook
from tests.readers.test_documents import OLE, read, refused


def test_a_message_is_read_as_an_e_mail_is(tmp_path: Path) -> None:
    got = read(
        tmp_path,
        "m.msg",
        outlook.message("Visits in May", "They were seen.\r\nAlone. קול 😀", attached=("list.pdf", "b.docx")),
    )
    text = got.pages[0].text
    assert got.read and got.pages[0].heading == "Visits in May" and got.pointed == {"attachments": 2}
    assert 'From: "Ada" <ada@council.example>' in text and "To: Bo <bo@council.example>" in text
    assert "They were seen.\nAlone. קול 😀" in text and "Attached: list.pdf\nAttached: b.docx" in text


def test_a_message_that_is_a_web_page_is_read_without_its_scripts(tmp_path: Path) -> None:
    got = read(tmp_path, "m.msg", outlook.message(body="", html="<p>They were <b>seen</b>.</p><script>bad()</script>"))
    assert "They were seen." in got.pages[0].text and "bad()" not in got.pages[0].text
    long = read(tmp_path, "m.msg", outlook.message(body="A sentence of the message. " * 2_000 + "\r\n" * 3))
    assert long.pages[-1].text.endswith("A sentence of the message.")


@pytest.mark.parametrize("data", [OLE + b"x" * 600, OLE, outlook.message()[:1_600], outlook.message()[:-600]])
def test_what_is_no_message_is_refused(tmp_path: Path, data: bytes) -> None:
    told = refused(tmp_path, "m.msg", data)
    assert told.code == "damaged" and "damaged" in told.reason


def test_a_wrapped_password_and_a_wrong_name_are_refused(tmp_path: Path) -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le") + b"x" * 99
    assert refused(tmp_path, "m.msg", locked).code == "password"
    assert refused(tmp_path, "m.msg", b"From: a@example.org\n\nwords").code == "mislabelled"
