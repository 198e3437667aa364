"""Measures 500 files that are let go on the page of documents at once: what becomes of each, also when the line is cut.

    .venv/bin/python bench/many_files.py [--count 500] [--folder FOLDER]

FOLDER holds a demonstration (as bench/documents.py keeps one); without it one is made. A browser with scripts chooses
the files by dropping them on the page. Among them are some that no library takes: an empty one, one that is not what
its name says, one with a kind that is not read. After a third of them the connection is cut and comes back. Prints
Markdown for docs/figures.md. Exit code 1 where a file is neither kept nor named with its reason.
"""

import argparse
import base64
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from serving import Server, make_demonstration, password_of

BAD = {"Empty.txt": b"", "Not a PDF.pdf": b"words", "Film.mp4": b"\x00\x00\x00\x18ftypmp42"}
"""Files that are refused, each for a reason of its own."""

DROP = """([field, names, bodies]) => {
  const held = new DataTransfer()
  const bytes = body => Uint8Array.from(atob(body), one => one.charCodeAt(0))
  names.forEach((name, at) => held.items.add(new File([bytes(bodies[at])], name)))
  document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: held }))
  return document.querySelector(field).files.length
}"""


def _files(count: int) -> dict[str, bytes]:
    made = {
        f"Minutes {number}.txt": f"Minutes {number} at {time.time()}. Each child was seen alone by {number}.".encode()
        for number in range(count - len(BAD) - 1)
    }
    # A damaged file is taken in, and turns out to be damaged when it is read.
    return made | BAD | {"Cut short.pdf": f"%PDF-1.7\nhardly begun {time.time()}".encode()}


def _sign_in(page: Any, server: Server) -> None:
    page.goto(f"{server.address}/sign-in/")
    page.get_by_label("E-mail address").fill("uploader@demo.example")
    page.get_by_label("Password", exact=True).fill(password_of(server.folder))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()


def _until(page: Any, says: str) -> None:
    """Wait until the page says so; asked from outside, since the page lets no text be run as a script."""
    for _ in range(6_000):
        if page.evaluate(says):
            return
        time.sleep(0.1)
    raise TimeoutError(says)


def _sent(server: Server, files: dict[str, bytes]) -> tuple[dict[str, str], float, float, str]:
    """What each file's line says at the end, the seconds until all were sent and read, and what is summed up."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        context = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"]).new_context()
        page = context.new_page()
        _sign_in(page, server)
        page.goto(f"{server.address}/")
        where = page.locator("a[href*='/inspections/']").first.get_attribute("href") or ""
        page.goto(f"{server.address}/inspections/{re.findall('[0-9a-f-]{36}', where)[0]}/documents/upload/")
        bodies = [base64.b64encode(one).decode() for one in files.values()]
        assert page.evaluate(DROP, ["input[type=file]", list(files), bodies]) == len(files)
        page.select_option("select[name=kind]", index=1)
        began = time.monotonic()
        page.click("form[data-documents] button")
        _until(page, f"+document.querySelector('progress')?.value >= {len(files) // 3}")
        context.set_offline(True)
        again = page.get_by_role("button", name=re.compile("Send those that are left"))
        again.wait_for(timeout=600_000)
        print("cut off:", page.locator("[data-documents-told] [role=status]").inner_text(), file=sys.stderr)
        first = _lines(page)
        context.set_offline(False)
        again.click()
        page.locator("[data-documents-told] progress").wait_for()
        _until(page, "!document.querySelector('[data-documents-told] progress')")
        sent = time.monotonic() - began
        _until(page, "!document.querySelector('[data-documents-told]').innerText.includes('being read')")
        summed = page.locator("[data-documents-told] [role=status]").inner_text()
        read = time.monotonic() - began
        return (
            {name: says for name, says in first.items() if "not sent:" not in says} | _lines(page),
            sent,
            read,
            summed,
        )


def _lines(page: Any) -> dict[str, str]:
    told = page.locator("[data-documents-told] li").all_inner_texts()
    return {name: says for name, _, says in (one.partition(": ") for one in told)}


def main() -> int:
    """Serve, drop the files, and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--folder", type=Path)
    args = parser.parse_args()
    files = _files(args.count)
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.folder or Path(scratch)
        if not (folder / "data" / "demonstration.json").is_file():
            make_demonstration(folder, size=0.3, sample=60, less=True)
        server = Server(folder)
        server.start()
        try:
            told, sent, read, summed = _sent(server, files)
        finally:
            server.stop()
    silent = [name for name in files if name not in told]
    wrong = [name for name in BAD if "not kept." not in told.get(name, "")]
    kept = [name for name in files if name not in BAD and name not in silent and "not sent" not in told[name]]
    print(f"\n| {args.count} files dropped at once, the connection cut after a third and back | |\n|---|---:|")
    print(f"| kept, and refused each with its reason | {len(kept)}, {len(BAD) - len(wrong)} |")
    print(f"| files of which nothing was told | {len(silent)} |")
    print(f"| seconds until all were sent, and until all were read | {sent:.0f}, {read:.0f} |")
    print(f"\n{summed}; {told['Cut short.pdf']}")
    return 0 if not silent and not wrong and len(kept) == args.count - len(BAD) else 1


if __name__ == "__main__":
    sys.exit(main())
