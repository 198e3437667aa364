"""The Department's rules of OC2: health, conviction and the strengths and difficulties questionnaire.

Ages are asked on 1 April, the first day of the collection year, and on 31 March, its last.
"""

import polars as pl

from goldthread.kernel.context import Context
from goldthread.kernel.rule import Rule, Severity
from goldthread.kernel.rules.dates import age
from goldthread.kernel.rules.ssda903.children import blank, filled, lacking, of_children, together
from goldthread.kernel.rules.ssda903.declared import rule
from goldthread.kernel.rules.ssda903.oc3 import ITEMS as OC3_ITEMS
from goldthread.kernel.rules.ssda903.shared import EPISODES, OC2, OC3, continuous

HEALTH = ("immunisations", "teeth_check", "health_assessment", "substance_misuse")
"""What must be told of every child who was looked after for the year."""

INTERVENTION = ("intervention_received", "intervention_offered")
FLAGS = ("convicted", "health_check", *HEALTH, *INTERVENTION)
"""Every item of OC2 but the questionnaire."""

SDQ = ("sdq_score", "sdq_reason")

MOST = 40
"""The highest score of the questionnaire."""

_SCORE, _REASON = pl.col("sdq_score"), pl.col("sdq_reason")
_NO_REASON_OF_AGE = _REASON == "SDQ1"
_MISUSE, _RECEIVED, _OFFERED = (pl.col(name) for name in ("substance_misuse", *INTERVENTION))


def _at_start(context: Context) -> pl.Expr:
    return age(context.year_start)


def _at_end(context: Context) -> pl.Expr:
    return age(context.year_end)


def _of_age_for_score(context: Context) -> pl.Expr:
    return (_at_start(context) >= 4) & (_at_end(context) < 17)


def _unlisted(*columns: str) -> pl.Expr:
    return pl.any_horizontal(pl.col(column).is_in(("0", "1")).not_() for column in columns)


def _without_oc2(context: Context) -> pl.Expr:
    return pl.col("child").is_in(context.held(OC2, "child")).not_()


_SCORES = (
    rule(
        "157", OC2, "sdq_reason", "dob", across=(EPISODES,),
        says="The child was of an age that needs a score all year, yet age is given as the reason for having none.",
        mend="Give the score, or the reason that really kept it from being had; check the date of birth.",
        # The words join both ages by "or", which every child would meet; only "and" leaves the children of rule 186.
        # The reason is of a child who needs a score, so one looked after for the year: of others rule 198 tells.
        fails=lambda c: continuous(c) & _of_age_for_score(c) & _NO_REASON_OF_AGE,
    ),
    rule(
        "180", OC2, "sdq_score",
        says=f"The score of the questionnaire is not a whole number from 0 to {MOST}.",
        mend="Give the total difficulties score; leave it blank and give a reason where there is none.",
        fails=lambda c: c.not_understood(OC2, "sdq_score") | _SCORE.is_between(0, MOST).not_(),
    ),
    rule(
        "185", OC2, "sdq_score", across=(EPISODES,),
        says="A score is given for a child who was not looked after for the whole year.",
        mend="Take the score out, or mend the episodes if the child was looked after all the while.",
        fails=lambda c: continuous(c).not_() & _SCORE.is_not_null(),
    ),
    rule(
        "186", OC2, "sdq_score", across=(EPISODES,), severity=Severity.QUERY,
        says="The child was looked after for the year and of an age that needs a score, and has none.",
        mend="Give the score; where there is none, see that the reason is given and can be borne out.",
        # Whether a reason is given is not asked: the words want a score, and rule 197B alone takes a reason instead.
        fails=lambda c: continuous(c) & _of_age_for_score(c) & blank(c, OC2, "sdq_score"),
    ),
    rule(
        "188", OC2, *SDQ, "dob",
        says="The child was under four on 31 March, and a score or a reason for none is given.",
        mend="Take both out, or mend the date of birth.",
        fails=lambda c: (_at_end(c) < 4) & filled(*SDQ),
    ),
    rule(
        "189", OC2, "dob", *SDQ,
        says="The child was 17 or older on 1 April, and a score or a reason for none is given.",
        mend="Take both out, or mend the date of birth.",
        fails=lambda c: (_at_start(c) >= 17) & filled(*SDQ),
    ),
    rule(
        "196", OC2, "sdq_reason",
        says="The reason for having no score is none of SDQ1 to SDQ5.",
        mend="Give one of the five codes; check which list the case system writes.",
        fails=lambda _: _REASON.is_in([f"SDQ{number}" for number in range(1, 6)]).not_(),
    ),
    rule(
        "197B", OC2, "sdq_reason", "sdq_score", "dob", across=(EPISODES,),
        says="The child was looked after for the year and was 4 or 17 at its end, with neither score nor reason.",
        mend="Give the score, or the reason for having none.",
        # "4- or 17-year-olds" is taken on 31 March: they turned 4 or 17 in the year, between rules 188, 186 and 189.
        fails=lambda c: continuous(c) & _at_end(c).is_in([4, 17]) & blank(c, OC2, "sdq_score") & _REASON.is_null(),
    ),
    rule(
        "197a", OC2, *SDQ,
        says="There is a score, and a reason for having none.",
        mend="Take the reason out, or the score if it is not the child's.",
        fails=lambda _: _SCORE.is_not_null() & _REASON.is_not_null(),
    ),
    rule(
        "198", OC2, "sdq_reason", across=(EPISODES,),
        says="A reason for having no score is given for a child who was not looked after for the whole year.",
        mend="Take the reason out, or mend the episodes if the child was looked after all the while.",
        fails=lambda c: continuous(c).not_() & _REASON.is_not_null(),
    ),
)  # fmt: skip

_HEALTH = (
    rule(
        "158", OC2, *INTERVENTION,
        says="An intervention was received, and whether one was offered is told as well.",
        mend="Leave “offered” blank where one was received.",
        fails=lambda _: (_RECEIVED == "1") & _OFFERED.is_not_null(),
    ),
    rule(
        "159", OC2, "substance_misuse", *INTERVENTION,
        says="No intervention was received for the misuse of substances, and whether one was offered is not told.",
        mend="Tell whether an intervention was offered.",
        fails=lambda _: (_MISUSE == "1") & (_RECEIVED == "0") & _OFFERED.is_null(),
    ),
    rule(
        "181", OC2, *FLAGS,
        says="One of the items of OC2 is neither 0 nor 1.",
        mend="Write 1 for yes and 0 for no.",
        fails=lambda _: _unlisted(*FLAGS),
    ),
    rule(
        "182", OC2, *HEALTH, "convicted", "health_check", *INTERVENTION,
        says="Some items of OC2 are told, but not immunisations, teeth, health assessment and substances all four.",
        mend="Fill the four, or leave every item of OC2 blank where the child was not looked after for the year.",
        fails=lambda c: lacking(c, OC2, *HEALTH) & filled(*FLAGS),
    ),
    rule(
        "190", OC2, *FLAGS, across=(EPISODES,),
        says="Items of OC2 are told of a child who was not looked after for the whole year.",
        mend="Take them out, or mend the episodes if the child was looked after all the while.",
        fails=lambda c: continuous(c).not_() & filled(*FLAGS),
    ),
    *together(
        "191",
        (OC2, (*HEALTH, "child"), lambda c: continuous(c) & lacking(c, OC2, *HEALTH)),
        # A child with no row of OC2 has every item blank, and its last episode is the only row to point at.
        (EPISODES, ("child",), lambda c: pl.col("last_of_child") & continuous(c) & _without_oc2(c)),
        says="The child was looked after for the whole year, and items of OC2 that must be told are blank.",
        mend="Fill immunisations, teeth, health assessment and substance misuse; a child without a row needs one.",
    ),
    rule(
        "192", OC2, "substance_misuse", "intervention_received",
        says="A problem with substances was found, and whether an intervention was received is not told.",
        mend="Tell whether one was received.",
        fails=lambda _: (_MISUSE == "1") & _RECEIVED.is_null(),
    ),
    rule(
        "193", OC2, "substance_misuse", *INTERVENTION,
        says="Interventions are told of a child of whom no problem with substances was found.",
        mend="Leave both blank, or set the problem to 1 if there was one.",
        # "Not identified" is about absence: a blank says no more of a problem than a 0.
        fails=lambda _: _MISUSE.ne_missing(pl.lit("1")) & filled(*INTERVENTION),
    ),
)  # fmt: skip

_WITH_OTHERS = (
    *together(
        "215",
        (OC2, FLAGS, lambda c: filled(*FLAGS) & of_children(c, OC3, *OC3_ITEMS)),
        (OC3, OC3_ITEMS, lambda c: filled(*OC3_ITEMS) & of_children(c, OC2, *FLAGS)),
        says="The child is told of as a care leaver, and as one looked after for the year.",
        mend="Keep the one that holds, and leave the other blank.",
    ),
    rule(
        "542", OC2, "convicted", "dob",
        says="The child was under ten on 31 March, and convictions are told.",
        mend="Leave them blank, or mend the date of birth.",
        fails=lambda c: (_at_end(c) < 10) & pl.col("convicted").is_not_null(),
    ),
    rule(
        "543", OC2, "dob", "convicted", across=(EPISODES,),
        says="The child was ten or older on 31 March and looked after for the year, and convictions are not told.",
        mend="Write 1 where the child was convicted or finally warned in the year, else 0.",
        fails=lambda c: continuous(c) & (_at_end(c) >= 10) & pl.col("convicted").is_null(),
    ),
    rule(
        "544", OC2, "convicted", *HEALTH,
        says="Convictions are told, and not all of immunisations, teeth, health assessment and substances.",
        mend="Fill the four, or take the conviction out.",
        fails=lambda c: pl.col("convicted").is_not_null() & lacking(c, OC2, *HEALTH),
    ),
    rule(
        "545", OC2, "dob", "health_check", across=(EPISODES,),
        says="The child was under five on 31 March and looked after for the year, and its checks are not told.",
        mend="Tell whether the child's development checks were up to date.",
        fails=lambda c: continuous(c) & (_at_end(c) < 5) & pl.col("health_check").is_null(),
    ),
    rule(
        "546", OC2, "dob", "health_check",
        says="The child was five or older on 31 March, and development checks are told.",
        mend="Leave them blank, or mend the date of birth.",
        # The words ask nothing of the episodes.
        fails=lambda c: (_at_end(c) >= 5) & pl.col("health_check").is_not_null(),
    ),
    rule(
        "547", OC2, "health_check", *HEALTH,
        says="Development checks are told, and not all of immunisations, teeth, health assessment and substances.",
        mend="Fill the four, or take the check out.",
        fails=lambda c: pl.col("health_check").is_not_null() & lacking(c, OC2, *HEALTH),
    ),
)  # fmt: skip


RULES: tuple[Rule, ...] = (*_SCORES, *_HEALTH, *_WITH_OTHERS)
