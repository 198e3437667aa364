"""The command line: everything that works on an analyst's laptop, with no database and no Django.

A command is a line in `COMMANDS` and a module that offers `add_arguments(parser)` and `run(args) -> int`.
Only the chosen command's module is imported, so that `goldthread --help` answers at once.
A module says no by raising `goldthread.cli.refusal.Refused`.
"""

import argparse
import atexit
import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NamedTuple, NoReturn

from goldthread.cli.refusal import UNUSABLE, Refused


class Command(NamedTuple):
    """One command: the module that does it, and the line that the help shows."""

    module: str
    says: str


COMMANDS = {
    "check": Command("goldthread.cli.check", "check a submission against the rules, and list every issue"),
    "mend": Command("goldthread.cli.mend", "suggest mends of a return's files, and make them in a copy"),
    "national": Command("goldthread.cli.national", "check and measure the returns of many authorities, for release"),
    "measure": Command("goldthread.cli.measure", "work out the measures of a submission"),
    "convert": Command("goldthread.cli.convert", "read a return or the lists into plain tables, a file each"),
    "compare": Command("goldthread.cli.compare", "lay the measures of a submission beside published figures"),
    "watch": Command("goldthread.cli.watch", "tell change from chance in a series, with a control chart"),
    "suppress": Command("goldthread.cli.suppress", "make a table safe to publish, or say what to combine"),
    "reference": Command("goldthread.cli.reference", "load what measures look up, such as a directory of postcodes"),
    "sample": Command("goldthread.cli.sample", "draw children for case review, by a plan and a seed"),
    "sample size": Command("goldthread.cli.sample_size", "how many files make an answer how sure"),
    "sample discover": Command("goldthread.cli.sample_discover", "how many files to read to find at least one"),
    "sample repeat": Command(
        "goldthread.cli.sample_repeat", "draw again from a record, and say whether it is the same"
    ),
    "agreement": Command("goldthread.cli.agreement", "tell how far two reviewers of the same files agree"),
    "timetable": Command("goldthread.cli.timetable", "work out who does what, when and where in fieldwork"),
    "judge": Command("goldthread.cli.judge", "show which overall grades a framework allows, and why"),
    "frameworks": Command("goldthread.cli.frameworks", "list the inspection frameworks, show one, or check a file"),
    "instruments": Command("goldthread.cli.instruments", "list the instruments of review, show one, or check a file"),
    "codes": Command("goldthread.cli.codes", "show what written values would be read as, and list the fields"),
    "make-authority": Command(
        "goldthread.cli.make_authority", "write an invented authority's workbook, or all its returns"
    ),
}


class _Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one sentence, as every command does."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """The whole command line; only the chosen command's module is imported and asked for its arguments."""
    parser = _Parser(prog="goldthread", description="An inspection workbench for children's services.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    for name, command in COMMANDS.items():
        of_command = commands.add_parser(name, help=command.says, description=command.says)
        if name == chosen:
            import_module(command.module).add_arguments(of_command)
    return parser


def _joined(words: list[str]) -> list[str]:
    """The words with a command of two words as one: a file that is called like the second is written ./size."""
    two = " ".join(words[:2])
    return [two, *words[2:]] if two in COMMANDS else words


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Gives 0 when clean, 1 when issues were found, 2 when the input cannot be used."""
    words = _joined(list(sys.argv[1:] if argv is None else argv))
    chosen = words[0] if words and words[0] in COMMANDS else None
    args = _parser(chosen).parse_args(words)
    try:
        code = import_module(COMMANDS[args.command].module).run(args)
        sys.stdout.flush()
    except Refused as refusal:
        print(f"goldthread {args.command}: {refusal}", file=sys.stderr)
        return UNUSABLE
    except BrokenPipeError:
        # The reader (head, less) has gone: point stdout at nothing, so that Python's own flush at exit is quiet.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    return int(code)


def run() -> NoReturn:
    """Run the command that was typed and end the process with its code.

    The process ends when everything is said and what was registered for the end is done. To take apart what was loaded,
    piece by piece, costs as much as a small return's rules, and the system frees it anyway.
    """
    # Little of what a command loads can go before its end: it is looked for seldom.
    gc.set_threshold(100_000)
    code = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
