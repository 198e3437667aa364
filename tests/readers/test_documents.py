"""Documents of each kind read in the sandbox, and each sort of bad one refused with a way to mend it."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from tests import documents_story as make

from goldthread.engines.documents import TEXTS, read_document
from goldthread.kernel.document_text import POINTED, Extracted, Page, from_bytes, to_bytes, told
from goldthread.kernel.refusal import Refused
from goldthread.readers.documents.kinds import kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(tmp_path: Path, name: str, data: bytes | str, most_pages: int = 100) -> Extracted:
    path = tmp_path / "held"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_document(path, kind_of(name, path), most_pages=most_pages)


def refused(tmp_path: Path, name: str, data: bytes | str, most_pages: int = 100) -> Refused:
    with pytest.raises(Refused) as caught:
        read(tmp_path, name, data, most_pages)
    assert caught.value.mend
    return caught.value


def test_a_word_document_keeps_headings_and_says_what_its_sender_may_not_know(tmp_path: Path) -> None:
    plain = make.word("Every child is seen alone.")
    got = read(tmp_path, "policy.docx", plain)
    assert (got.unit, [page.heading for page in got.pages]) == ("part", ["Supervision policy"])
    assert "Every child is seen alone." in got.pages[0].text
    assert got.pointed == {}
    marked = make.changed(
        plain, "word/document.xml", "<w:t>Every child",
        '<w:delText>Struck out words</w:delText></w:r><w:ins w:author="A"/><w:del w:author="A"/>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Every child",
        **{"word/comments.xml": '<w:comments xmlns:w="x"><w:comment/><w:comment/></w:comments>'},
    )  # fmt: skip
    got = read(tmp_path, "policy.docx", marked)
    assert got.pointed == {"tracked-changes": 2, "comments": 2, "hidden-text": 1}
    assert "Struck out" not in got.pages[0].text
    assert [what for what, _ in told(got.pointed)] == ["2 tracked changes", "2 comments", "1 passage of hidden text"]


def test_a_word_document_with_page_breaks_has_pages(tmp_path: Path) -> None:
    broken = make.changed(
        make.word("First.", "Second."), "word/document.xml", "<w:t>Second",
        "<w:lastRenderedPageBreak/><w:t>Second",
    )  # fmt: skip
    got = read(tmp_path, "policy.docx", broken)
    assert got.unit == "page"
    assert [page.text.splitlines()[-1] for page in got.pages] == ["First.", "Second."]


def test_a_pdf_is_read_page_by_page_and_its_pictures_are_counted(tmp_path: Path) -> None:
    got = read(tmp_path, "minutes.pdf", make.pdf("Children were heard.", "Nobody was late.", pictures=2))
    assert (got.unit, len(got.pages), got.pictures) == ("page", 4, [3, 4])
    assert "Children were heard." in got.pages[0].text and got.pages[1].heading == "Page heading 2"


def test_sentences_that_a_pdf_breaks_into_lines_are_whole_again(tmp_path: Path) -> None:
    sentence = "Every child is seen alone unless there is a recorded reason why not, and the reason is read."
    got = read(tmp_path, "policy.pdf", make.pdf(f"{sentence} {sentence}\n\nA short line."))
    assert f"{sentence} {sentence}" in got.pages[0].text and got.pages[0].text.endswith("\nA short line.")


def test_other_kinds_are_read_as_text(tmp_path: Path) -> None:
    book = read(tmp_path, "plan.xlsx", make.workbook(hidden=True))
    assert (book.unit, [page.heading for page in book.pages]) == ("sheet", ["Plan", "Behind"])
    assert book.pages[0].text == "Action | Owner" and book.pointed == {"hidden-sheets": 1}
    odt = read(tmp_path, "a.odt", make.open_text("Said aloud", comment="Whispered", struck_out="Unsaid"))
    assert odt.pages[0].text == "A heading\nSaid aloud"
    assert odt.pointed == {"comments": 1, "tracked-changes": 1}
    mail = read(
        tmp_path, "m.eml",
        "From: a@example.org\nSubject: Visits\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: text/html\n\n<p>They were <b>seen</b>.</p><script>bad()</script>\n--x\n"
        "Content-Disposition: attachment; filename=list.pdf\n\nabc\n--x--\n",
    )  # fmt: skip
    assert "They were seen." in mail.pages[0].text and "bad()" not in mail.pages[0].text
    assert "Attached: list.pdf" in mail.pages[0].text and mail.pointed == {"attachments": 1}
    assert read(tmp_path, "t.csv", "a;b\n1;2\n").pages[0].text == "a | b\n1 | 2"
    assert read(tmp_path, "t.txt", "Grüße 😀 \u202e\x01x").pages[0].text.startswith("Grüße 😀")


def test_long_text_is_cut_into_parts_that_can_be_cited(tmp_path: Path) -> None:
    got = read(tmp_path, "long.txt", "\n".join(f"Sentence number {n} of many." for n in range(1_000)))
    assert len(got.pages) > 5 and max(len(page.text) for page in got.pages) < 4_200


def test_what_is_not_read_is_kept_and_says_so(tmp_path: Path) -> None:
    got = read(tmp_path, "scan.png", make.scan("Nothing of it is known yet.", side=400, form="PNG"))
    assert (got.read, got.pictures) == (False, [1])
    assert read(tmp_path, "letter.doc", OLE + b"x" * 600).read is False
    assert from_bytes(to_bytes(got)) == got
    assert told({"links-out": 1})[0][0] == "1 link to another file" and set(POINTED) >= {"comments"}


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", "empty"), ("blank.txt", b" \n\n ", "empty"),
        ("really.pdf", make.word("x"), "mislabelled"), ("really.docx", b"%PDF-1.7 x", "mislabelled"),
        ("really.xlsx", make.open_text("x"), "mislabelled"), ("picture.docx", b"\xff\xd8\xff\xe0", "mislabelled"),
        ("hardly.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "damaged-picture"),
        ("text.pdf", b"just words", "mislabelled"), ("words.docm", make.word("x"), "macros"),
        ("all.zip", make.zipped({"a.txt": "x"}), "kind"), ("run.exe", b"MZ\x90", "kind"),
        ("run.txt", b"MZ\x90\x00", "kind"), ("page.txt", b"<html><script>x()</script>", "kind"),
        ("page.html", b"<html>", "kind"), ("old.xls", OLE, "kind"), ("what.xyz", b"words", "kind"),
        ("cut.pdf", b"%PDF-1.7\nhardly begun", "damaged"), ("cut.docx", make.word("x")[:-300], "no-end"),
        ("locked.docx", OLE + "EncryptedPackage".encode("utf-16-le") + b"x" * 99, "password"),
        ("macro.docx", make.changed(make.word("x"), "word/document.xml", "x", "x",
                                    **{"word/vbaProject.bin": "x"}), "macros"),
        ("bomb.odt", make.zipped({"mimetype": "application/vnd.oasis.opendocument.text",
                                  "content.xml": b"0" * 20_000_000}), "ratio"),
        ("entity.odt", make.zipped({
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "unsafe"),
        ("deep.odt", make.zipped({"mimetype": "application/vnd.oasis.opendocument.text",
                                  "content.xml": "<a>" * 2_000 + "</a>" * 2_000}), "unsafe"),
        ("broken.odt", make.zipped({"mimetype": "application/vnd.oasis.opendocument.text",
                                    "content.xml": "<a><b></a>"}), "damaged"),
    ],
)  # fmt: skip
def test_each_bad_file_is_refused_with_a_way_to_mend_it(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert refused(tmp_path, name, data).code == code


def test_a_pdf_with_a_password_or_too_many_pages_is_refused(tmp_path: Path) -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(make.pdf("Words"))) as plain:
        plain.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refused(tmp_path, "locked.pdf", out.getvalue()).code == "password"
    many = refused(tmp_path, "many.pdf", make.pdf(*(["x"] * 4)), most_pages=3)
    assert many.code == "pages" and "4 pages" in many.reason


def test_an_overlapping_container_is_refused(tmp_path: Path) -> None:
    data = bytearray(make.word("x"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as held:
        start = held.start_dir
    # The second entry of the directory is pointed at the bytes of the first.
    second = data.index(b"PK\x01\x02", start + 4)
    data[second + 42 : second + 46] = struct.pack("<L", 0)
    assert refused(tmp_path, "overlap.docx", bytes(data)).code in ("header-name", "overlap")


def test_a_child_that_takes_too_much_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "held.txt"
    path.write_text("words " * 200)
    from dataclasses import replace

    with pytest.raises(Refused) as caught:
        read_document(path, "txt", most_pages=10, limits=replace(TEXTS, answer_bytes=100))
    assert caught.value.code == "answer" and "document" in caught.value.reason
    assert Page("a").heading == ""


def test_a_file_of_two_thousand_pages_is_read_and_one_of_more_is_refused_in_words(tmp_path: Path) -> None:
    import pypdfium2

    for count in (2_000, 2_001):
        with pypdfium2.PdfDocument.new() as whole:
            for _ in range(count):
                whole.new_page(200, 200)
            whole.save(str(tmp_path / f"{count}.pdf"))
    assert len(read_document(tmp_path / "2000.pdf", "pdf", most_pages=2_000).pages) == 2_000
    with pytest.raises(Refused) as refused:
        read_document(tmp_path / "2001.pdf", "pdf", most_pages=2_000)
    assert "2,001 pages" in refused.value.reason and "2,000" in refused.value.reason and refused.value.mend
