"""Measures reading text from pictures: pages a minute of processor, and letters and words read rightly, on 20 scans.

    .venv/bin/python bench/images.py [--pages 20]

The scans are made on the spot of invented documents: printed pages of A4, tilted, blurred, speckled and packed as a
scanner packs them, in three grades. Each page is read as the application reads it, in a child of the sandbox. Prints
Markdown for docs/figures.md.
"""

import argparse
import io
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pypdfium2
import typst
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

from goldthread.engines.page_pictures import read_page
from goldthread.kernel.image_text import ImageText
from goldthread.readers.documents.plain import read_text
from goldthread.synthetic.documents import make_documents

GRADES = (("clean, 300 dots an inch", 3_508, 0.2, 0.6, 75, 0), ("tilted, 200 dots an inch", 2_339, 0.9, 0.9, 55, 4),
          ("poor, 150 dots an inch", 1_754, 1.5, 1.0, 35, 10))  # fmt: skip
"""What it is called, pixels of its height, degrees of tilt, blur, quality of packing, and specks in a thousand."""


def _texts(count: int) -> Iterator[str]:
    for made in make_documents(200, sections=2):
        if made.name.endswith(".txt"):
            text = " ".join("\n".join(page.text for page in read_text(made.data).pages).split())[:2_400]
            yield text.rsplit(". ", 1)[0] + "."
            count -= 1
            if not count:
                return


def _scan(text: str, grade: tuple[str, int, float, float, int, int], dice: Random) -> bytes:
    _, high, tilt, blur, quality, specks = grade
    escaped = "".join("\\" + sign if sign in "#$*_`<>@=-+/\\[]~\"'" else sign for sign in text)
    made = bytes(typst.compile(f'#set page(paper: "a4")\n#set text(size: 11pt)\n{escaped}'.encode()))
    with pypdfium2.PdfDocument(made) as whole:
        page = whole[0]
        image = page.render(scale=high / page.get_height()).to_pil().convert("L")
    image = image.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(blur))
    pixels = image.load()
    for _ in range(image.width * image.height * specks // 10_000):
        pixels[dice.randrange(image.width), dice.randrange(image.height)] = dice.randrange(160)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _plain(text: str) -> str:
    same = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
    return " ".join(text.translate(same).split())


def _right(asked: str, read: ImageText) -> tuple[float, float, float]:
    """Letters and words read rightly, and of the words that are not in the text how many were pointed out."""
    want, got = _plain(asked), _plain(read.text)
    letters = 1 - Levenshtein.distance(want, got) / len(want)
    words = want.split()
    rightly = 1 - Levenshtein.distance(words, got.split()) / len(words)
    known = set(words)
    wrong = [one for one in read.words if _plain(read.text[one.start : one.end]) not in known]
    return letters, rightly, sum(one.sure < 70 for one in wrong) / len(wrong) if wrong else 1.0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20)
    asked = parser.parse_args()
    dice = Random(2026)
    texts = list(_texts(asked.pages))
    print("| scans | pages | CPU seconds a page | pages a minute of CPU | letters right, % | words right, % "
          "| wrong words pointed out, % |\n|---|---:|---:|---:|---:|---:|---:|")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.jpg"
        for number, grade in enumerate(GRADES):
            mine = texts[number :: len(GRADES)]
            spent, rights = 0.0, []
            for text in mine:
                path.write_bytes(_scan(text, grade, dice))
                before = resource.getrusage(resource.RUSAGE_CHILDREN)
                read = read_page(path, "jpg", 1, languages="eng", memory=700_000_000, seconds=60)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                spent += after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                rights.append(_right(text, read))
            means = [100 * statistics.fmean(column) for column in zip(*rights, strict=True)]
            told = " | ".join(f"{mean:.1f}" for mean in means)
            each = spent / len(mine)
            print(f"| {grade[0]} | {len(mine)} | {each:.2f} | {60 / each:.0f} | {told} |", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nPeak memory of a child: {peak:.0f} MB. Taken {time.strftime('%d %B %Y')}.")


if __name__ == "__main__":
    main()
