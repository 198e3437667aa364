"""Whom inspectors hear: ages, consent, tiers; whose words a text is; the guides."""

import re

import pytest

from goldthread.domain import frameworks, guides
from goldthread.domain.hearing import AGES_OF, GROUPS, TIERS, NotAgreed, Tier, narrower, require_age, require_consent
from goldthread.domain.hearing.their_words import LONGEST_RUN, passage_in, shared_run, words_of

NOTES = "She said: “I told three people, and nobody came back.” — It’s better now."


def test_age_is_asked_of_children_and_care_leavers_alone() -> None:
    require_age("children", "8-11")
    require_age("police", "")
    for group, age in (("children", ""), ("children", "18-25"), ("care-leavers", "4-7"), ("police", "8-11")):
        with pytest.raises(NotAgreed) as wrong:
            require_age(group, age)
        assert wrong.value.field == "age"


def test_a_child_under_twelve_does_not_agree_alone_and_is_offered_an_adult() -> None:
    require_consent(group="children", age="12-17", adult="offered", agreed="themselves")
    require_consent(group="children", age="8-11", adult="there", agreed="with-adult")
    require_consent(group="parents", age="", adult="grown-up", agreed="themselves")
    for age, adult, agreed, field in (
        ("8-11", "there", "themselves", "agreed"), ("4-7", "offered", "themselves", "agreed"),
        ("12-17", "grown-up", "themselves", "adult"),
    ):  # fmt: skip
        with pytest.raises(NotAgreed) as wrong:
            require_consent(group="children", age=age, adult=adult, agreed=agreed)
        assert wrong.value.field == field


def test_a_care_leaver_of_seventeen_is_no_grown_up() -> None:
    require_consent(group="care-leavers", age="18-25", adult="grown-up", agreed="themselves")
    with pytest.raises(NotAgreed, match="trusted adult"):
        require_consent(group="care-leavers", age="12-17", adult="grown-up", agreed="themselves")


def test_terms_only_become_narrower() -> None:
    assert [t for t in Tier if narrower(Tier.WORDS, t)] == [Tier.IDEA, Tier.INSPECTOR]
    assert [t for t in Tier if narrower(Tier.IDEA, t)] == [Tier.INSPECTOR]
    assert not any(narrower(Tier.INSPECTOR, t) for t in Tier)
    assert set(TIERS) == set(Tier)


def test_a_quotation_stands_in_the_notes_word_by_word() -> None:
    place = passage_in(NOTES, "i told THREE people and nobody came back")
    assert place and NOTES[place.start : place.end] == "I told three people, and nobody came back"
    assert passage_in(NOTES, "it's better") and passage_in(NOTES, "I told two people") is None
    for nothing in ("", "…", "people three"):
        assert passage_in(NOTES, nothing) is None


def naive_run(notes: str, text: str) -> int:
    """The longest shared run by trying every stretch of the text."""
    said, told = f" {' '.join(words_of(notes))} ", words_of(text)
    stretches = [told[a:b] for a in range(len(told)) for b in range(a + 1, len(told) + 1)]
    return max((len(one) for one in stretches if f" {' '.join(one)} " in said), default=0)


@pytest.mark.parametrize("text", [
    "Nobody came back", "She told three people, and nobody came back to her", "I told three people",
    "People are told and do not hear", "", "I told three people and", "Better now than before, it's better now",
    "ALSO: told — three people! and nobody", "أخبرت ثلاثة", "🙂 told three people and nobody 🙂",
])  # fmt: skip
def test_a_paraphrase_shares_no_long_run_with_the_notes(text: str) -> None:
    run, longest = shared_run(NOTES, text), naive_run(NOTES, text)
    assert bool(run) is (longest > LONGEST_RUN)
    assert not run or len(run.split()) == longest


@pytest.mark.parametrize("most", [2, 3, 8])
def test_how_long_a_run_may_be_is_for_the_lead_to_say(most: int) -> None:
    text = "I told three people and"
    assert bool(shared_run(NOTES, text, most)) is (naive_run(NOTES, text) > most)


def test_notes_of_three_words_are_not_their_own_paraphrase() -> None:
    assert shared_run("It is fine.", "it IS fine") == "it is fine"


def test_there_is_a_guide_for_everybody_and_each_is_whole() -> None:
    assert {guides.load(slug).group for slug in guides.slugs()} == set(GROUPS)
    for group, ages in AGES_OF.items():
        for age in ages:
            assert age in guides.load(guides.guide_for(group, age)).ages
    for slug in guides.slugs():
        guide = guides.load(slug)
        assert guide.count >= 5 and guide.closing, slug
        assert "not safe" in guide.opening and re.search(r"stop (at any time|whenever)", guide.opening), slug


def test_a_guide_asks_what_its_framework_asks() -> None:
    texts = {
        slug: {q.text for p in guides.of_framework("managers", slug).parts for q in p.questions}
        for slug in ("sif-2013", "ilacs-2026", "one-of-our-own")
    }
    assert any("safeguarding board" in one for one in texts["sif-2013"] - texts["ilacs-2026"])
    assert any("safeguarding partners" in one for one in texts["ilacs-2026"] - texts["sif-2013"])
    assert texts["one-of-our-own"] == texts["sif-2013"] & texts["ilacs-2026"]
    named = {f for slug in guides.slugs() for p in guides.load(slug).parts for q in p.questions for f in q.frameworks}
    assert named <= set(frameworks.slugs())


@pytest.mark.parametrize(("change", "says"), [
    (('group = "police"', 'group = "pilots"'), "not a known group"),
    (('slug = "police"', 'slug = "fire"'), "the file's name"),
    (("minutes = 30", "minutes = 0"), "1 or more"),
    (('frameworks = ["joint-inspection"', 'frameworks = ["ilacs-1999"'), "ilacs-1999"),
    (("minutes = 30", "minutes = 30\nages = [\"4-7\"]"), "4-7"),
    (("minutes = 30", "minutes = 30\ncolour = 1"), "colour"),
])  # fmt: skip
def test_a_broken_guide_is_refused_with_its_line(change: tuple[str, str], says: str) -> None:
    from pathlib import Path

    text = (Path(guides.__file__).parent / "police.toml").read_text().replace(*change)
    with pytest.raises(guides.GuideError, match=r"line \d+") as wrong:
        guides.read_text(text, "police.toml")
    assert says in str(wrong.value)


def test_a_guide_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(guides.GuideError, match="no guide called"):
        guides.load("../police")
