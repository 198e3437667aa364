"""The Department's rules of the header, but for those that ask about unaccompanied asylum-seeking children."""

from collections.abc import Callable

import polars as pl

from goldthread.kernel import codes
from goldthread.kernel.context import Context
from goldthread.kernel.rule import Fails, Rule, Severity
from goldthread.kernel.rules.dates import age, birthday
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.shared import HEADER, header_last
from goldthread.kernel.rules.ssda903.words import MALE, plain_sex

_ETHNIC = tuple(code for code in codes.ETHNICITY.values() if code != "UNKNOWN")
_NO_UPN = ("UN1", "UN2", "UN3", "UN4", "UN5")
_UPN = r"^[A-HJ-NP-RT-Z][0-9]{11}([0-9]|[A-HJ-NP-RT-Z])$"
"""A check letter, eleven figures, and a figure, or a letter where it is temporary; I, O and S are no check letters."""

_OLDEST = 26
_YOUNGEST_MOTHER = 11
_SCHOOL_AGE = 5


def _last(context: Context, column: str) -> pl.Expr:
    """What last year's header says of the row's child in a column; null where the child was not in it."""
    held = context.once(
        f"903 last {column}",
        lambda: header_last(context).filter(pl.col("child").is_not_null()).unique("child", keep="first").select(
            "child", column
        ),
    )  # fmt: skip
    return pl.col("child").replace_strict(held["child"], held[column], default=None, return_dtype=held[column].dtype)


def _changed(column: str, plain: Callable[[pl.Expr], pl.Expr] = lambda value: value) -> Fails:
    return lambda context: plain(pl.col(column)) != plain(_last(context, column))


def _sex_of(*allowed: str) -> Fails:
    # A blank is told too: the sex must be given, and no other rule asks for it.
    return lambda _: pl.col("sex").is_in(allowed).fill_null(False).not_()


def _other_upn(context: Context) -> pl.Expr:
    # A number once known stays known: only a default code of last year may give way to another.
    before = _last(context, "upn")
    return (pl.col("upn") != before) & before.is_in(_NO_UPN).not_()


def _school_age(context: Context) -> pl.Expr:
    # School age is taken to be five or more on the last day before the school year that began in the collection year.
    # There is no upper end: whoever was of school age once was given a number.
    return (pl.col("upn") == "UN1") & (birthday(_SCHOOL_AGE) <= pl.date(context.year_start.year, 8, 31))


def _upn_of_several(_: Context) -> pl.Expr:
    numbered = pl.col("upn").is_not_null() & pl.col("upn").is_in(_NO_UPN).not_()
    return numbered & (pl.col("child").drop_nulls().n_unique().over("upn") > 1)


def _no_birth_of_child(context: Context) -> pl.Expr:
    blank = pl.col("mc_dob").is_null() & context.not_understood(HEADER, "mc_dob").not_()
    return (pl.col("mother") == "1") & blank


def _not_a_mother(_: Context) -> pl.Expr:
    # Of a male it is rule 174 that speaks. A blank flag says neither yes nor no.
    return (pl.col("mother") == "0") & pl.col("mc_dob").is_not_null() & pl.col("sex").is_in(MALE).not_()


def _young_mother(context: Context) -> pl.Expr:
    # The flag is of the whole year; whoever turns eleven in it was too young when it began.
    return (pl.col("mother") == "1") & (birthday(_YOUNGEST_MOTHER) > context.year_start)


def _mother_before(context: Context) -> pl.Expr:
    newly = (pl.col("mother") == "1") & (_last(context, "mother") == "0")
    return newly & (pl.col("mc_dob") < context.year_start)


_SEX_MEND = "Write the code of the return's year: M, F or U from 2024-25 on, 1 or 2 before."
_LAST_MEND = "Find out which year is right: mend it here, or tell the Department that last year's was wrong."

RULES: tuple[Rule, ...] = (
    rule(
        "101", HEADER, "sex", over=None, until=2024, fails=_sex_of("1", "2"),
        says="The sex is blank, or no code of the return's year.", mend=_SEX_MEND,
    ),
    rule(
        "101", HEADER, "sex", over=None, since=2025, guide=2025, fails=_sex_of("M", "F", "U"),
        says="The sex is blank, or no code of the return's year.", mend=_SEX_MEND,
    ),
    rule(
        "102", HEADER, "dob", over=None, fails=lambda _: pl.col("dob").is_null(),
        says="The birth date is blank, or is no date.",
        mend="Write the day of birth as dd/mm/yyyy.",
    ),
    rule(
        "103", HEADER, "ethnic", over=None,
        fails=lambda _: pl.col("ethnic").is_in(_ETHNIC).fill_null(False).not_(),
        says="The ethnicity is blank, or none of the return's codes.",
        mend="Write one of the codes; REFU where it was refused, NOBT where it is not known yet.",
    ),
    rule(
        "168", HEADER, "upn", over=None,
        # A blank is for rule 442, which knows the children who need no number.
        fails=lambda _: (pl.col("upn").is_in(_NO_UPN) | pl.col("upn").str.contains(_UPN)).not_(),
        says="The unique pupil number has not the form of one, and is none of the codes for why there is none.",
        mend="Write the thirteen characters as the school has them, or UN1 to UN5.",
    ),
    rule(
        "171", HEADER, "mc_dob", over=None, fails=lambda context: context.not_understood(HEADER, "mc_dob"),
        says="The birth date of the mother's child is no date.",
        mend="Write the day of birth as dd/mm/yyyy.",
    ),
    rule(
        "174", HEADER, "sex", "mc_dob", over=None,
        # The Department's words are of a male; an unknown sex is for rule 232.
        fails=lambda _: pl.col("sex").is_in(MALE) & pl.col("mc_dob").is_not_null(),
        says="A birth date of a mother's child is given for a male.",
        mend="Mend the sex, or take the birth date out.",
    ),
    rule(
        "202", HEADER, "sex", over=None, last=(HEADER,), fails=_changed("sex", plain_sex),
        says="The sex is not the one in last year's return.", mend=_LAST_MEND,
    ),
    rule(
        "203", HEADER, "dob", over=None, last=(HEADER,), fails=_changed("dob"),
        says="The birth date is not the one in last year's return.", mend=_LAST_MEND,
    ),
    rule(
        "204", HEADER, "ethnic", over=None, last=(HEADER,), fails=_changed("ethnic"),
        says="The ethnicity is not the one in last year's return.", mend=_LAST_MEND,
    ),
    rule(
        "208", HEADER, "upn", over=None, last=(HEADER,), fails=_other_upn,
        says="The unique pupil number is not the one in last year's return.", mend=_LAST_MEND,
    ),
    rule(
        "209", HEADER, "upn", "dob", over=None, fails=_school_age,
        says="The code for a child below school age (UN1) stands for a child of school age.",
        mend="Write the number that the school has, or the code for why there is none.",
    ),
    rule(
        "232", HEADER, "sex", over=None, since=2025, guide=2025, severity=Severity.QUERY,
        fails=lambda _: pl.col("sex") == "U",
        says="The sex is given as unknown.",
        mend="Write M or F where it is known by now.",
    ),
    rule(
        "301", HEADER, "dob", over=None, fails=lambda context: pl.col("dob") > context.year_end,
        says="The birth lies after the end of the year.",
        mend="Mend the birth date; an unborn child is not in the return.",
    ),
    rule(
        "351", HEADER, "dob", over=None,
        # Over 25 is 26 or more, as ages are told in completed years.
        fails=lambda context: age(context.year_start) >= _OLDEST,
        says="The young person was over 25 when the year began.",
        mend="Mend the birth date, or take the person out.",
    ),
    rule(
        "444", HEADER, "upn", over=None, since=2026, guide=2026, fails=_upn_of_several,
        says="The unique pupil number stands for more than one child.",
        mend="Ask the schools which child has the number, and mend the others.",
    ),
    rule(
        "611", HEADER, "mother", "mc_dob", over=None, fails=_no_birth_of_child,
        says="She is a mother, and the birth date of her child is blank.",
        mend="Write her first child's birth date, or mend the flag.",
    ),
    rule(
        "612", HEADER, "sex", "mother", "mc_dob", over=None, fails=_not_a_mother,
        says="The birth date of a child is given, and the flag says that she is no mother.",
        mend="Mend the flag, or take the birth date out.",
    ),
    rule(
        "620", HEADER, "dob", "mother", over=None, fails=_young_mother,
        says="The mother was under eleven when the year began.",
        mend="Mend her birth date, or the flag.",
    ),
    rule(
        "621", HEADER, "dob", "mc_dob", over=None, fails=lambda _: pl.col("dob") > pl.col("mc_dob"),
        says="The mother was born after her child.",
        mend="Mend the birth date that is wrong.",
    ),
    rule(
        "624", HEADER, "mc_dob", over=None, last=(HEADER,), fails=_changed("mc_dob"),
        says="The birth date of her first child is not the one in last year's return.", mend=_LAST_MEND,
    ),
    rule(
        "626", HEADER, "mother", "mc_dob", over=None, last=(HEADER,), fails=_mother_before,
        says="She was no mother in last year's return, and her child was born before this year.", mend=_LAST_MEND,
    ),
)  # fmt: skip
