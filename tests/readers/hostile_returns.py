"""Hostile and broken returns, made by the tests themselves: XML that explodes, text that is none, zips that lie."""

import io
import random
import struct
import zipfile
from collections.abc import Callable

from tests.made_returns import HEADINGS_903, as_csv, csv_files, make_903, make_cin, xml_903, xml_cin

SECRET = "Wexcombe"
EPISODES = ",".join(HEADINGS_903["episodes"])
ROW = f"{SECRET},01/05/2025,S,C2,N1,U6,PR1,,,,AB1 2CD,AB1 3EF,SC012345"

Made = Callable[[], bytes]


def census(inner: str = "", head: str = "") -> bytes:
    return (
        f"{head}<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year></CollectionDetails>"
        f"</Header><Children><Child><ChildIdentifiers><LAchildID>{SECRET}</LAchildID></ChildIdentifiers>{inner}</Child>"
        "</Children></Message>"
    ).encode()


def whole_census() -> bytes:
    return xml_cin(make_cin(40))


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def good_zip() -> bytes:
    return zipped(csv_files(HEADINGS_903, make_903(20)))


def lying_zip() -> bytes:
    """The directory and the part's own header say that the part is smaller than it is."""
    data = bytearray(zipped({"episodes.csv": f"{EPISODES}\n{ROW}\n".encode() * 50}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + place
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def wrong_sum_zip() -> bytes:
    data = bytearray(zipped({"episodes.csv": f"{EPISODES}\n{ROW}\n".encode()}))
    for mark, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        at = data.index(mark) + place
        data[at : at + 4] = b"\x00\x00\x00\x01"
    return bytes(data)


def named(name: str) -> Made:
    return lambda: zipped({name: f"{EPISODES}\n{ROW}\n".encode()})


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 10))
    return census("&a9;", f'<!DOCTYPE m [<!ENTITY a0 "lol">{entities}]>')


def flipped(data: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    changed = bytearray(data)
    for _ in range(30):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def shuffled(seed: int) -> bytes:
    """The census's own tags in no order that makes sense."""
    dice = random.Random(seed)
    tags = whole_census().split(b"<")
    dice.shuffle(tags)
    return b"<Message>" + b"<".join(tags)


REFUSED: dict[str, tuple[Made, str]] = {
    "doctype": (lambda: census(head="<!DOCTYPE Message>"), "dtd"),
    "doctype with a file": (lambda: census(head='<!DOCTYPE m SYSTEM "file:///etc/passwd">'), "dtd"),
    "doctype with an address": (lambda: census(head='<!DOCTYPE m PUBLIC "x" "http://localhost:1/x">'), "dtd"),
    "entity": (lambda: census("<X>&e;</X>", '<!DOCTYPE m [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "dtd"),
    "billion laughs": (billion_laughs, "dtd"),
    "quadratic": (lambda: census("&e;" * 1_000, f'<!DOCTYPE m [<!ENTITY e "{"x" * 50_000}">]>'), "dtd"),
    "parameter entity": (lambda: census(head='<!DOCTYPE m [<!ENTITY % p SYSTEM "x"> %p;]>'), "dtd"),
    "late doctype": (lambda: b"<Message><!DOCTYPE m></Message>", "xml-broken"),
    "entity not known": (lambda: census("<X>&nbsp;</X>"), "entity"),
    "cut short": (lambda: whole_census()[:-3_000], "cut-short"),
    "cut in a tag": (lambda: whole_census()[: whole_census().rindex(b"<CINdetails") + 5], "cut-short"),
    "cut in a section": (lambda: census("<X>x")[: -len("</Child></Children></Message>")] + b"<![CDATA[", "cut-short"),
    "tags crossed": (lambda: census("<A><B></A></B>"), "xml-broken"),
    "two roots": (lambda: census() + census(), "xml-broken"),
    "a bare ampersand": (lambda: census("<X>a & b</X>"), "xml-broken"),
    "a control letter": (lambda: census("<X>\x01</X>"), "xml-broken"),
    "a forbidden reference": (lambda: census("<X>&#0;</X>"), "xml-broken"),
    "deep": (lambda: census("<a>" * 100 + "</a>" * 100), "depth"),
    "very deep": (lambda: census("<a>" * 200_000 + "</a>" * 200_000), "depth"),
    "six million elements": (lambda: census("<a/>" * 11_000_000), "elements"),
    "a name for every element": (lambda: census("".join(f"<n{at}/>" for at in range(9_000))), "names"),
    "one long line": (lambda: f"{EPISODES}\n".encode() + b"x" * 60_000_000, "long-line"),
    "ten million rows": (lambda: f"{EPISODES}\n".encode() + b"1,2\n" * 10_000_000, "rows"),
    "two thousand columns": (lambda: f"{EPISODES}{',x' * 2_000}\n".encode(), "columns"),
    "a quotation mark left open": (lambda: f'{EPISODES}\n"{SECRET}\n{ROW}\n'.encode(), "quotes"),
    "nul bytes": (lambda: f"{EPISODES}\n{ROW}\n\x00".encode(), "nul"),
    "half of utf-16": (lambda: f"{EPISODES}\n{ROW}".encode("utf-16")[:-1], "encoding"),
    "letters of no form": (lambda: f"{EPISODES}\n{ROW}".encode() + b"\x81\x8d", "encoding"),
    "zip in a zip": (lambda: zipped({"a.csv": EPISODES.encode(), "b.zip": good_zip()}), "zip-in-zip"),
    "zip that lies": (lying_zip, "longer-than-declared"),
    "zip with a wrong sum": (wrong_sum_zip, "check-sum"),
    "zip that climbs": (named("../../episodes.csv"), "name"),
    "zip with a root": (named("/etc/episodes.csv"), "name"),
    "zip bomb": (lambda: zipped({"episodes.csv": EPISODES.encode() + b"\n" * 90_000_000}), "ratio"),
    "zip of a thousand": (lambda: zipped({f"{at}.csv": EPISODES.encode() for at in range(1_000)}), "too-many-files"),
    "zip cut short": (lambda: good_zip()[:-40], ""),
    "zip with two of a kind": (lambda: zipped({"a.csv": EPISODES.encode(), "b.csv": EPISODES.encode()}), "two-files"),
}  # fmt: skip

READ_OR_REFUSED: dict[str, Made] = {
    "a million comments": lambda: census("<!--x-->" * 1_000_000),
    "a hundred thousand sections": lambda: census("<X>" + "<![CDATA[a&b]]>" * 100_000 + "</X>"),
    "a hundred thousand references": lambda: census("".join(f"<Sex>&#{at};</Sex>" for at in range(32, 50_000))),
    "long attributes": lambda: census(f"<X a='{'x>' * 1_000_000}'/>"),
    "many attributes": lambda: census("".join(f"<Sex a{at}='>'>M</Sex>" for at in range(100_000))),
    "long text": lambda: census(f"<X>{'x' * 20_000_000}</X>"),
    "empty elements": lambda: census("<CINdetails/>" * 300_000),
    "children within children": lambda: census("<Child>" * 50 + "</Child>" * 50),
    "a million identical rows": lambda: f"{EPISODES}\n".encode() + f"{ROW}\n".encode() * 400_000,
    "dates that are none": lambda: f"{EPISODES}\n".encode() + b"".join(b"1,x%d,S\n" % at for at in range(200_000)),
    "only quotation marks": lambda: f"{EPISODES}\n".encode() + b'"' * 100_000,
    "only separators": lambda: f"{EPISODES}\n".encode() + b"," * 900_000,
    "headings alone": lambda: EPISODES.encode(),
    "the 903 as XML, bent": lambda: flipped(xml_903(make_903(20)), 4),
    **{f"census bent {seed}": (lambda seed=seed: flipped(whole_census(), seed)) for seed in range(3)},
    **{f"episodes bent {seed}": (lambda seed=seed: flipped(
        as_csv(HEADINGS_903["episodes"], make_903(200)["episodes"]), seed)) for seed in range(3)},
    **{f"zip bent {seed}": (lambda seed=seed: flipped(good_zip(), seed)) for seed in range(3)},
    **{f"census shuffled {seed}": (lambda seed=seed: shuffled(seed)) for seed in range(2)},
}  # fmt: skip
