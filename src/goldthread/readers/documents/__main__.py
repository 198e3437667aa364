"""The sandbox's child for documents: reads what it was handed open, within limits it puts on itself.

Run as `python -I -m goldthread.readers.documents`, the file as standard input and the limits as arguments, after them
`form=pdf` for the kind that its bytes were found to be and `pages=2000` for the most pages that are read. With
`draw=3` and `side=1600` it answers with a picture of page 3, and with `see=3` and `languages=eng` with the text that
it reads from that picture. With `places`, `burn` and `sound` it finds passages, makes pixels black and looks at
what was made of them (`readers.documents.redacting`); what for, stands in a file that is open under the number of
`corrections=4`.
"""

import os
import sys
from collections.abc import Callable

from goldthread.readers.__main__ import THREADS, _answer, _handed_over, _no_more_processes, _refusal, set_limits, warm


def _prepared(asked: dict[str, str]) -> Callable[[bytes], bytes]:
    """What answers, with its parsers fetched and its threads started while they still may be."""
    kind = asked["form"]
    if "draw" in asked or "see" in asked:
        return _of_a_page(asked)
    if "places" in asked or "burn" in asked or "sound" in asked:
        return _of_redacting(asked)
    from goldthread.kernel.document_text import to_bytes
    from goldthread.readers.documents import kinds
    from goldthread.readers.documents.reading import read

    if kind == "pdf":
        import goldthread.readers.documents.pdf
    elif kind in kinds.PICTURES:
        import goldthread.readers.documents.pictures
    elif kind in ("xlsx", "ods"):
        import polars as pl

        import goldthread.readers.workbook

        warm(pl)
    else:
        import goldthread.readers.documents.outlook  # noqa: F401 - fetched before processes are closed to us
    return lambda data: to_bytes(read(data, kind, int(asked["pages"])))


def _of_a_page(asked: dict[str, str]) -> Callable[[bytes], bytes]:
    from PIL import Image

    from goldthread.kernel import image_text
    from goldthread.readers.documents import pictures

    Image.init()
    kind = asked["form"]
    if "draw" in asked:
        number, side = int(asked["draw"]), int(asked["side"])
        return lambda data: image_text.PICTURE + pictures.encoded(pictures.drawn(data, kind, number, side))
    from goldthread.readers.documents import seen

    languages, number = asked["languages"], int(asked["see"])
    api = seen.reader(languages)
    return lambda data: image_text.to_bytes(
        seen.read(pictures.drawn(data, kind, number, seen.SIDE), api, languages)
    )  # fmt: skip


def _of_redacting(asked: dict[str, str]) -> Callable[[bytes], bytes]:
    from PIL import Image

    from goldthread.kernel.image_text import PICTURE
    from goldthread.readers.documents import pictures, redacting

    Image.init()
    said = _handed_over(asked["corrections"]) if "corrections" in asked else b"[]"
    if "places" in asked:
        return lambda data: redacting.places(data, said)
    if "sound" in asked:
        return lambda data: redacting.looked_at(data, said)
    kind, number, ruler = asked["form"], int(asked["burn"]), "ruler" in asked
    return lambda data: PICTURE + pictures.encoded(redacting.burnt(data, kind, number, said, ruler))


def main(arguments: list[str]) -> int:
    """Read standard input and answer. Nothing imports a parser before the limits are set."""
    memory, seconds, files = (int(argument) for argument in arguments[:3])
    asked = dict(argument.split("=", 1) for argument in arguments[3:])
    set_limits(memory, seconds, files)
    from goldthread.kernel.refusal import Refused

    for name in (*THREADS, "OMP_THREAD_LIMIT"):
        os.environ[name] = "1"
    answers = _prepared(asked)
    _no_more_processes()
    try:
        with os.fdopen(0, "rb", closefd=False) as held:
            data = held.read()
        answer = answers(data)
    except Refused as refused:
        answer = _refusal(refused.reason, refused.mend, refused.code)
    except MemoryError:
        os._exit(137)
    except BaseException:  # whatever a parser raises, its words may hold some of the file's
        os._exit(134)
    _answer(answer)
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)
