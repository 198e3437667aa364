"""Thousands of spellings of codes: 97 in 100 are read right, fewer than 1 in 200 wrong, and traps are not fallen into.

`python -m tests.readers.test_spellings [FIELD ...]` prints the totals, and what was missed of the half in the open.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from tests.readers.spelt import Spelling, later_spellings, spellings, written_in_other_forms

from goldthread.kernel.codes import CODE_LISTS
from goldthread.readers.code_matching import LISTS, Way, matcher

RIGHT, WRONG = 0.97, 0.005
FEW = 60
"""With so few spellings of a field, one miss would be more than the share that is allowed; two are."""


@dataclass(slots=True)
class Tally:
    """How many values of a kind were read right and wrong, and how many traps there were."""

    values: int = 0
    right: int = 0
    wrong: int = 0
    traps: int = 0
    fell: int = 0

    def add(self, one: Spelling) -> None:
        """Read one value and count what came of it."""
        code = matcher(one.field).understand(one.value).code
        if one.code is None:
            self.traps += 1
            self.fell += code is not None
        else:
            self.values += 1
            self.right += code == one.code
            self.wrong += code not in (None, one.code)

    @property
    def missed(self) -> int:
        """Values that were not read right."""
        return self.values - self.right


def tally(which: Iterable[Spelling]) -> dict[str, Tally]:
    """The tally of each field, and of all."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in which:
        tallies[one.field].add(one)
        tallies["all"].add(one)
    return tallies


@pytest.mark.parametrize("held_out", [False, True])
def test_spellings_are_read_right_and_hardly_any_wrong(held_out: bool) -> None:
    tallies = tally(one for one in spellings() if one.held_out is held_out)
    whole = tallies["all"]
    assert whole.values > 2_000
    assert whole.traps > 300
    assert whole.right >= RIGHT * whole.values
    assert whole.wrong + whole.fell < WRONG * (whole.values + whole.traps)
    for name, one in tallies.items():
        assert one.missed <= max(2 if one.values <= FEW else 0, (1 - RIGHT) * one.values), name
        assert one.wrong <= WRONG * one.values, name
        assert one.fell <= max(1, 0.02 * one.traps), name


LATER = [
    ("first", 3_500, 350), ("second", 1_500, 300), ("fourth", 3_400, 200), ("fifth", 2_600, 140), ("sixth", 1_900, 95),
    ("seventh", 2_000, 160), ("eighth", 1_180, 110), ("eleventh", 1_620, 120), ("twelfth", 1_130, 100),
]  # fmt: skip


@pytest.mark.parametrize(("name", "values", "traps"), LATER)
def test_the_later_sets_are_read_right_and_hardly_any_wrong(name: str, values: int, traps: int) -> None:
    whole = tally(later_spellings(name))["all"]
    assert whole.values > values
    assert whole.traps > traps
    assert whole.right >= RIGHT * whole.values
    assert whole.wrong + whole.fell < WRONG * (whole.values + whole.traps)


@pytest.mark.parametrize(("name", "values", "traps", "right"), [("ninth", 1_380, 145, 0.94), ("tenth", 730, 65, 0.95)])
def test_free_wordings_are_mostly_read_and_hardly_any_wrong(name: str, values: int, traps: int, right: float) -> None:
    whole = tally(later_spellings(name))["all"]
    assert whole.values > values
    assert whole.traps > traps
    assert whole.right >= right * whole.values
    assert whole.wrong + whole.fell < WRONG * (whole.values + whole.traps)


SHORT = [
    ("disability", "Behav.", "BEH"),
    ("case_status", "Assmt", "ASSESSMENT"),
    ("placement", "Indep. Lvg", "P2"),
    ("closure", "Child arr. order", "RC3"),
    ("need", "Socially unacc. behaviour", "N6"),
    ("assessment_factors", "Phys. abuse child on child", "18B"),
    ("assessment_factors", "YP's mental health", "4A"),
    ("ethnicity", "BME", None),
    ("legal_status", "Non care order", None),
    ("closure", "Closed after assessment no further acti", "RC8"),
    ("in_touch", "No longer in touch", "NO"),
    ("in_touch", "No - in touch", None),
    ("eligibility", "Ineligible", None),
    ("authority", "Other", None),
]


@pytest.mark.parametrize(("field", "written", "code"), SHORT)
def test_a_word_written_short_is_read_where_only_one_of_the_list_is_meant(
    field: str, written: str, code: str | None
) -> None:
    assert matcher(field).understand(written).code == code


REMARKS = [
    ("yes_no", "Yes - see plan", "Y"),
    ("la_specials", "Scotland - Fife", "SCO"),
    ("yes_no", "N - parents declined", None),
    ("abuse", "Neglect - query", None),
    ("disability", "AUT, LD", None),
    ("source", "Other - Adoption Team", None),
]


@pytest.mark.parametrize(("field", "written", "code"), REMARKS)
def test_a_remark_behind_a_dash_hides_no_value_and_may_take_it_back(field: str, written: str, code: str | None) -> None:
    assert matcher(field).understand(written).code == code


def test_what_was_written_short_says_so() -> None:
    match = matcher("disability").understand("Behav.")
    assert match.way is Way.SHORT
    assert "written short" in matcher("disability").explain("Behav.", match)
    assert matcher("disability").read_strictly("Behav.").value is None


def test_of_values_that_only_sound_like_a_code_few_are_read() -> None:
    whole = tally(later_spellings("traps"))["all"]
    assert whole.values == 0
    assert whole.traps > 120
    assert whole.fell <= 0.06 * whole.traps


def test_the_shorthand_of_the_last_set_is_mostly_read() -> None:
    whole = tally(later_spellings("third"))["all"]
    assert whole.right >= 0.9 * whole.values
    assert whole.wrong + whole.fell <= 3


WRAPPED = [
    ("legal_status", "DO NOT USE - Interim Care Order", "C1"),
    ("legal_status", "Legal Status: On remand", "J1"),
    ("placement", "Childrenâ€™s Homes #4417", "K2"),
    ("placement", "Children\ufffds homes", "K2"),
    ("source", "zz_Health_Visitor (Archived)", "3B"),
    ("closure", "CaseClosedAfterAssessment,NoFurtherAction", "RC8"),
    ("disability", '"INC"', "INC"),
    ("gender", "\u200bMale;", "M"),
]


@pytest.mark.parametrize(("field", "written", "code"), WRAPPED)
def test_a_value_is_read_without_what_systems_wrap_round_it(field: str, written: str, code: str) -> None:
    assert matcher(field).understand(written).code == code


BESIDE_STRANGERS = [
    ("abuse", "Neglect - North Team", "NEG"),
    ("authority", "Coventry (Team 2)", "331"),
    ("source", "Police - Safeguarding Unit", "6"),
    ("source", "Private solicitor", "7"),
    ("source", "Family support", None),
    ("source", "Other - Adoption Team", None),
    ("disability", "Registered blind", "VIS"),
    ("disability", "Hearing or speech", None),
    ("legal_status", "Remand hearing", None),
    ("legal_status", "Care order discharged", None),
    ("closure", "Adoption breakdown", None),
    ("sdq_reason", "Child's disability", "SDQ3"),
    ("reversal", "Prospective adopters can't be found", "RD3"),
    ("sex", "femmale", "F"),
]


@pytest.mark.parametrize(("field", "written", "code"), BESIDE_STRANGERS)
def test_what_only_describes_is_passed_over_and_what_takes_back_is_not(
    field: str, written: str, code: str | None
) -> None:
    assert matcher(field).understand(written).code == code


SLIPPED = [
    ("need", "Abuseorneglect", "N1"),
    ("legal_status", "InterimCareOrder", "C1"),
    ("ethnicity", "hite British", "WBRI"),
    ("authority", "Shropshire/893", "893"),
    ("authority", "Shropshire as at 31.03.2024", "893"),
    ("adopters_legal_status", "zzz DO NOT USE Married couple - different sex", "L11"),
    ("activity", "DO NOT USE: University - full time", "F1"),
    ("new_episode", "Change of legal status and cha", None),
    ("source", "School aurse", None),
]


@pytest.mark.parametrize(("field", "written", "code"), SLIPPED)
def test_words_run_together_a_lost_letter_and_a_ban_in_front_are_read_and_near_words_are_not_passed_over(
    field: str, written: str, code: str | None
) -> None:
    assert matcher(field).understand(written).code == code


def test_no_list_stumbles_over_the_labels_and_codes_of_another() -> None:
    written = {text for one in LISTS.values() for code in one.codes for text in (code.label, code.code)}
    for name in LISTS:
        for text in written:
            match = matcher(name).understand(text)
            assert match.code in (None, *LISTS[name].values())
            assert (match.code is None) == bool(match.why_not)


CUT_SHORT = [
    ("ceased", "Period of being looked after ceased for any o", "E8"),
    ("legal_status", "Accommodated under an agreed series of short-term b", None),
    ("placement", "Placed for adoption with placement order not w", "A6"),
    ("placement", "Placed for adoption with pla", None),
    ("activity", "Young person engaged full time in", None),
    ("social_worker_change", "Social worker", None),
]


@pytest.mark.parametrize(("field", "written", "code"), CUT_SHORT)
def test_a_wording_cut_short_is_read_where_no_other_code_begins_like_it(
    field: str, written: str, code: str | None
) -> None:
    assert matcher(field).understand(written).code == code


LEFT = [
    ("source", "1A/6"),
    ("need_in_care", "N9/N8"),
    ("placement", "Secure or children's home"),
    ("ethnicity", "African or Caribbean"),
    ("ethnicity", "Gypsy, Roma and Traveller"),
    ("authority", "Somerset/North Somerset"),
    ("abuse", "Physical?"),
    ("yes_no", "N/A"),
    ("yes_no", "n/k"),
    ("need", "Abuse or disability"),
]


@pytest.mark.parametrize(("field", "written"), LEFT)
def test_a_choice_a_doubt_and_nothing_to_say_are_left_to_the_user(field: str, written: str) -> None:
    assert matcher(field).understand(written).code is None


def test_an_or_inside_a_guides_wording_is_no_choice() -> None:
    assert matcher("need").understand("Parental ilness or disability").code == "N3"
    assert matcher("placement").understand("Foster carer - not LT or FFA").code == "U6"


def test_the_forms_that_systems_make_of_them_are_read_too() -> None:
    tallies = tally(written_in_other_forms())
    whole = tallies["all"]
    assert whole.values > 8_000
    assert whole.right >= RIGHT * whole.values
    assert whole.wrong < WRONG * whole.values
    for name, one in tallies.items():
        assert one.wrong <= max(1, WRONG * one.values), name


@pytest.mark.parametrize("name", LISTS)
def test_every_code_and_every_label_is_read_as_itself(name: str) -> None:
    code_list = LISTS[name]
    labels = [code.label for code in code_list.codes]
    for code in code_list.codes:
        assert matcher(name).understand(code.code).code == code.code
        if labels.count(code.label) == 1:
            assert matcher(name).understand(code.label).code == code.code, code.label
            assert matcher(name).understand(f"{code.code} - {code.label}").code == code.code, code.label


@pytest.mark.parametrize("name", LISTS)
def test_every_phrase_of_a_sheet_says_a_code_of_its_list_in_words_the_sheet_knows(name: str) -> None:
    lexicon = matcher(name).lexicon
    codes = set(LISTS[name].values())
    base = "gender" if name == "sex" else name.removesuffix("_903")
    of_base = set(LISTS[base].values()) if base in CODE_LISTS else set()
    assert lexicon.phrases
    for phrase in lexicon.phrases:
        assert phrase.code in codes | of_base, phrase
        for word in phrase.allowed:
            assert lexicon.runs[(word,)] == word, (phrase.code, word, "is also said to be another word, or none")


CONFIDENT = [
    ("WBRI", Way.CODE),
    ("White British", Way.WORDS),
    ("WBRI - White British", Way.AGREED),
    ("a)", Way.LETTER),
    ("a) WBRI (home)", Way.LETTERED_CODE),
    ("WENG", Way.OTHER_CODE),
    ("wht brit", Way.OTHER_WORDS),
    ("WBRI (home address)", Way.CODE_ALONE),
    ("White Britsh", Way.SLIP),
    ("Traveller of Irish Heri", Way.SLIP),
]


@pytest.mark.parametrize(("written", "way"), CONFIDENT)
def test_the_way_of_reading_is_told(written: str, way: Way) -> None:
    assert matcher("ethnicity").understand(written).way is way


def test_an_explanation_says_what_was_read_or_between_what_it_could_not_be_decided() -> None:
    match = matcher("ethnicity")
    assert match.explain("wht brit", match.understand("wht brit")) == (
        "read ‘wht brit’ as WBRI: White British (other words for it)"
    )
    torn = match.understand("N1 - Child's disability")
    assert torn.code is None
    need = matcher("need")
    assert need.explain("x", need.understand("N1 - Child's disability")) == (
        "left to you: the code in it is N1, and the words beside it mean N2"
    )
    assert need.understand("N1/N2").why_not == "more than one code stands in it: N1, N2"


def _main(shown: list[str]) -> None:
    for title, which in (
        ("in the open", [one for one in spellings() if not one.held_out]),
        ("held out", [one for one in spellings() if one.held_out]),
        ("other forms", list(written_in_other_forms())),
    ):
        print(title)
        for name, one in tally(which).items():
            print(f"  {name:24}{one.values:6} right {one.right / max(1, one.values):7.2%} wrong {one.wrong:3}"
                  f"  traps {one.traps:3} fell {one.fell}")  # fmt: skip
        for one in which:
            match = matcher(one.field).understand(one.value)
            if one.field in shown and title != "held out" and match.code != one.code:
                print(f"    {one.field}: {one.value!r} is {one.code}, was {match.code} ({match.way or match.why_not})")


if __name__ == "__main__":
    _main(sys.argv[1:])


def test_a_part_of_the_words_is_told_with_the_code_that_it_is_like() -> None:
    lists = [matcher(name) for name in LISTS]
    said = {why for one in lists if (why := one.think("LOCAL 47").why_not)}
    part = [why for why in said if why.startswith("part of it is like ")]
    assert part and all(re.fullmatch(r"part of it is like \S+ \(.+\), and not enough to be sure", why) for why in part)
    assert not any("is there" in why for why in said)
