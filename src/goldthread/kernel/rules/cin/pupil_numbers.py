"""Unique pupil numbers: how they are made, and why a child has none.

A UPN has 13 characters: a check letter, the authority that gave it in three digits, two digits of the year, six of a
running number, and a last digit, which is a letter in a temporary number. The letters I, O and S are in no UPN.
Source: Department for Education, "Unique pupil numbers: a guide for schools and local authorities".
"""

import polars as pl

from goldthread.kernel.authorities import AUTHORITIES, ENDED
from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule
from goldthread.kernel.rules.cin.declared import of_pair, rule
from goldthread.kernel.rules.cin.shared import CHILD_AND_EPISODE, DETAILS, FURTHER, IDENTIFIERS, only_nfa

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters of a UPN, in their order: the remainder of the weighted sum by 23 is the place of the check letter."""

_VALUE = {digit: int(digit) for digit in "0123456789"} | {letter: place for place, letter in enumerate(LETTERS)}
_WHOLE = r"^[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]$"
_COUNTABLE = r"^.\d{11}[0-9A-HJ-NP-RT-Z]$"

_ELSEWHERE = (
    *(str(code) for code in range(660, 682)),  # Wales
    *(str(code) for code in range(701, 709)),  # schools abroad, the Channel Islands and the Isle of Man
)
_NEW_IN_2024 = frozenset({"942", "943"})
"""Cumberland, and Westmorland and Furness, began on 1 April 2023."""


def _authorities(context: Context) -> list[str]:
    """Every authority that may have given a number, now or before, in the year of the census.

    The counties that ended before numbers were given to all children, in 1999, are not among them.
    """
    known = {*AUTHORITIES, *ENDED, *_ELSEWHERE}
    return sorted(known if context.collection_year >= 2024 else known - _NEW_IN_2024)


def _check_letter() -> pl.Expr:
    """The place of the letter that the other twelve characters ask for: each times its own place, summed, by 23."""
    upn = pl.col("upn")
    digits = [upn.str.slice(at, 1).replace_strict(_VALUE, default=None, return_dtype=pl.Int64) for at in range(1, 13)]
    return sum(digit * (at + 2) for at, digit in enumerate(digits)) % 23  # type: ignore[return-value]


def _of_school_age(context: Context) -> pl.Expr:
    """Of compulsory school age on 31 March, the end of the census year.

    That is: five by then, for 31 March is one of the days on which the age is attained, and not past the school year
    in which they turn 16, which 31 August ends (Education Act 1996, section 8; SI 1998/1607).
    """
    year = context.year_end.year
    return pl.col("person_birth_date").is_between(pl.date(year - 17, 9, 1), pl.date(year - 5, 3, 31))


def _no_number(context: Context) -> pl.Expr:
    """A child of school age without a UPN and without a reason, or with the reason of those too young for school.

    A UPN that is given settles the question, whatever reason stands beside it. Of children referred for no further
    action alone the census asks no UPN, which is why the rule looks at their episodes.
    """
    reason = pl.col("upn_unknown")
    asked = pl.col("la_child_id").is_in(only_nfa(context)).not_()
    return _of_school_age(context) & asked & pl.col("upn").is_null() & (reason.is_null() | (reason == "UN1"))


_ASK = "Ask the school or the authority that gave the number, and write it as they have it."

RULES: tuple[Rule, ...] = (
    rule(
        "1510", IDENTIFIERS, "upn",
        says="The first letter of the UPN is not the one that its other characters ask for.",
        mend=_ASK,
        # Where the other characters cannot be counted, rules 1530 to 1550 tell it.
        fails=lambda _: (
            pl.col("upn").str.contains(_COUNTABLE)
            & pl.col("upn").str.head(1).replace_strict(
                {letter: place for place, letter in enumerate(LETTERS)}, default=-1, return_dtype=pl.Int64
            ).ne(_check_letter())
        ),
    ),
    rule(
        "1520", IDENTIFIERS, "upn",
        says="More than one child has this UPN.",
        mend="Find out whose number it is; look for a child who is recorded twice.",
        fails=lambda _: pl.col("upn").is_not_null() & pl.col("upn").is_duplicated(),
    ),
    rule(
        "1530", IDENTIFIERS, "upn", guide=2024,
        says="Characters 2 to 4 of the UPN are not the code of an authority.",
        mend=_ASK,
        fails=lambda context: pl.col("upn").str.slice(1, 3).is_in(_authorities(context)).not_(),
    ),
    rule(
        "1540", IDENTIFIERS, "upn",
        says="Characters 5 to 12 of the UPN are not all digits.",
        mend=_ASK,
        fails=lambda _: pl.col("upn").str.slice(4, 8).str.contains(r"^\d{8}$").not_(),
    ),
    rule(
        "1550", IDENTIFIERS, "upn",
        says="The last character of the UPN is neither a digit nor one of the letters that a UPN may end in, or the "
        "UPN is not 13 characters long.",
        mend=_ASK,
        # No rule of its own asks for the length: what stands from the thirteenth character on must be one character.
        fails=lambda _: pl.col("upn").str.slice(12).str.contains(r"^[0-9A-HJ-NP-RT-Z]$").not_(),
    ),
    rule(
        "1560Q", IDENTIFIERS, "former_upn",
        says="The former UPN is not made as a UPN is.",
        mend=_ASK,
        fails=lambda _: pl.col("former_upn").str.contains(_WHOLE).not_(),
    ),
    rule(
        "8770Q", IDENTIFIERS, "upn_unknown", "upn", across=(DETAILS,), guide=2025,
        says="The child is of school age and has no UPN, nor a reason for it that holds at that age.",
        mend="Give the UPN, or the reason why there is none; UN1 is for children too young for school.",
        fails=_no_number,
    ),
    *of_pair(
        "8772", CHILD_AND_EPISODE, ("upn_unknown",), ("referral_nfa",),
        says="The UPN is missing because the referral led to no further action, and a referral of the child did.",
        mend="Give the UPN or another reason, or mend the flag of the referral.",
        breaks=lambda _: (pl.col("upn_unknown") == "UN7") & (pl.col("referral_nfa") == FURTHER),
    ),
)  # fmt: skip
