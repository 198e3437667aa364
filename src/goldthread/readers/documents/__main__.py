"""The sandbox's child for documents: reads what it was handed open, within limits it puts on itself.

Run as `python -I -m goldthread.readers.documents`, the file as standard input and the limits as arguments, after them
`form=pdf` for the kind that its bytes were found to be and `pages=2000` for the most pages that are read.
"""

import os
import sys

from goldthread.readers.__main__ import THREADS, _answer, _no_more_processes, _refusal, set_limits, warm


def main(arguments: list[str]) -> int:
    """Read standard input and answer. Nothing imports a parser before the limits are set."""
    memory, seconds, files = (int(argument) for argument in arguments[:3])
    asked = dict(argument.split("=", 1) for argument in arguments[3:])
    set_limits(memory, seconds, files)
    from goldthread.kernel.document_text import to_bytes
    from goldthread.kernel.refusal import Refused
    from goldthread.readers.documents.reading import read

    kind = asked["form"]
    if kind == "pdf":
        import goldthread.readers.documents.pdf
    elif kind in ("xlsx", "ods"):
        for name in THREADS:
            os.environ[name] = "1"
        import polars as pl

        import goldthread.readers.workbook

        warm(pl)
    else:
        import goldthread.readers.documents.outlook  # noqa: F401 - fetched before processes are closed to us
    _no_more_processes()
    try:
        with os.fdopen(0, "rb", closefd=False) as held:
            data = held.read()
        answer = to_bytes(read(data, kind, int(asked["pages"])))
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
