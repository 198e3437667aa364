"""An instrument as the file that would be read as it: what a council starts from when it writes its own.

Comments of the original file are not kept: they are no part of what an instrument is. What is written is what `read`
reads, to the last word.
"""

from collections.abc import Iterable
from dataclasses import replace

from goldthread.domain.instrument import Condition, Instrument, ListCheck, Question, Section
from goldthread.domain.instruments import InstrumentError
from goldthread.domain.toml_sheet import SLUG
from goldthread.domain.toml_writing import Inline, keys, part, table

_HEAD = """\
# {title}
#
# Written for inspectors and auditors to read and correct. Check the file with:
# goldthread instruments --check {slug}.toml
# A version that files were reviewed on is never changed: write the next one beside it, under the next number.
"""


def copied(instrument: Instrument, slug: str, title: str = "") -> Instrument:
    """The same instrument under another slug, which ends in its version. Raises InstrumentError for no such slug."""
    if not SLUG.fullmatch(slug):
        raise InstrumentError(f"“{slug}” is not a slug; use small letters, figures and single hyphens.")
    if slug == instrument.slug:
        raise InstrumentError(f"the copy cannot be called “{slug}” too; give it another name.")
    series, _, version = slug.rpartition("-")
    if not series or not version.isdigit() or version.startswith("0"):
        raise InstrumentError(f"a slug ends in the version; call the copy “{slug}-1”.")
    return replace(instrument, slug=slug, version=int(version), title=title or instrument.title)


def as_toml(instrument: Instrument) -> str:
    """The text of the instrument's file."""
    return "\n".join(_lines(instrument)) + "\n"


def _lines(of: Instrument) -> Iterable[str]:
    yield _HEAD.format(title=of.title, slug=of.slug)
    yield from keys(
        slug=of.slug, version=of.version, title=of.title, says=of.says, source=of.source, children=of.children or None
    )  # fmt: skip
    yield from part("sections, in the order of the page")
    for section in of.sections:
        yield from _section(section)
    yield from part("questions")
    for question in of.questions:
        yield from _question(question)
    yield from part("closing grades")
    for question in of.overall:
        yield from table("[overall]", id=question.id, text=question.text, help=question.help)
    if of.checks:
        yield from part("what is checked of everybody, where data tell")
    for check in of.checks:
        yield from _check(check)
    yield from part("urgent")
    yield from table("urgent", text=of.urgent.text, help=of.urgent.help)


def _section(of: Section) -> Iterable[str]:
    return table(
        "[sections]", slug=of.slug, title=of.title, says=of.says or None, closing=of.closing or None,
        children=of.children or None, ask_if=_conditions(of.ask_if),
    )  # fmt: skip


def _question(of: Question) -> Iterable[str]:
    return table(
        "[questions]", id=of.id, section=of.section, text=of.text, help=of.help, guidance=of.guidance or None,
        kind=of.kind, scale=of.scale or None, theme=of.theme, areas=of.areas or None, children=of.children or None,
        ask_if=_conditions(of.ask_if), may_not_apply=None if of.may_not_apply else False, reason_for=of.reason_for,
        required=None if of.required else False, evidence=None if of.evidence == "none" else of.evidence,
        facts=of.facts or None,
    )  # fmt: skip


def _conditions(of: tuple[Condition, ...]) -> tuple[Inline, ...] | None:
    return tuple({"question": one.question, "is": one.answers} for one in of) or None


def _check(of: ListCheck) -> Iterable[str]:
    return table("[checks]", code=of.code, says=of.says, cannot=of.cannot)
