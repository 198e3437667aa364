"""One child, one story: the dates of Annex A, the 903, the CIN census and the dataset agree on 31 March 2026."""

from collections import defaultdict
from datetime import date, datetime
from functools import cache
from typing import Any

from tests.synthetic.lasting import AS_AT, story

from goldthread.synthetic.cuts import cin, ssd
from goldthread.synthetic.cuts.cin import Node
from goldthread.synthetic.cuts.ssd_columns import COLUMNS
from goldthread.synthetic.cuts.year import Year

YEAR = Year(2026)
Rows = dict[str, list[dict[str, Any]]]


@cache
def lists() -> Rows:
    return story().annex_a(AS_AT)  # type: ignore[return-value]


@cache
def dataset() -> Rows:
    made: Rows = defaultdict(list)
    for name, record in ssd.records(story().lives, story().stage):
        made[name].append(record)
    return made


@cache
def census() -> dict[str, list[Node]]:
    told = story()
    made: dict[str, list[Node]] = {}
    for child in cin.children(told.lives, YEAR, told.stage):
        made[cin.identifier_of(child)] = [node for node in child.inside if node.name == "CINdetails"]
    return made


@cache
def episodes() -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in story().ssda903(2026)["episodes"]:
        made[row["CHILD"]].append(row)
    return made


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007


def text(node: Node, name: str) -> str | None:
    found = node.first(name)
    return found.text if found else None


def iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def test_children_in_care_are_the_same_in_annex_a_and_the_903():
    open_in_a = {row["child"]: row for row in lists()["children_in_care"] if row["ceased_on"] is None}
    open_in_903 = {
        child: rows for child, rows in episodes().items() if not rows[-1]["DEC"] and rows[-1]["LS"] not in ("V3", "V4")
    }
    assert len(open_in_a) > 90
    assert set(open_in_a) == set(open_in_903)
    recoded = {"H5": "K3", "P2": "K3", "Z1": "Z11"}
    for child, row in open_in_a.items():
        last = open_in_903[child][-1]
        assert last["LS"] == row["legal_status"]
        assert last["PLACE"] == recoded.get(row["placement_type"], row["placement_type"])
        assert last["PL_POST"] == row["postcode"]
        assert last["CIN"] == row["need"]
        begun = [each for each in episodes()[child] if each["RNE"] == "S"]
        if row["started_on"] >= YEAR.opens:
            assert day(begun[-1]["DECOM"]) == row["started_on"]
        placed = [
            each for each in episodes()[child] if each["RNE"] in "SPTBU" and day(each["DECOM"]) == row["placement_on"]
        ]
        assert placed or row["placement_on"] < YEAR.opens


def test_who_left_care_in_the_year_left_on_the_same_day_for_the_same_reason():
    left = [row for row in lists()["children_in_care"] if row["ceased_on"]]
    assert len(left) > 15
    for row in left:
        last = next(each for each in reversed(episodes()[row["child"]]) if each["DEC"] and each["REC"] != "X1")
        assert (day(last["DEC"]), last["REC"]) == (row["ceased_on"], row["ceased_reason"])


def test_reviews_and_missing_spells_are_the_same_in_annex_a_the_903_and_the_dataset():
    made = story().ssda903(2026)
    latest: dict[str, date] = {}
    for row in made["reviews"]:
        latest[row["CHILD"]] = max(day(row["REVIEW"]), latest.get(row["CHILD"], date.min))
    compared = 0
    for row in lists()["children_in_care"]:
        if row["latest_review_on"] and row["latest_review_on"] >= YEAR.opens:
            compared += 1
            assert latest[row["child"]] == row["latest_review_on"]
    assert compared > 80
    missing = {(row["CHILD"], day(row["MIS_START"])) for row in made["missing"]}
    known = {(row["miss_person_id"], row["miss_missing_episode_start_date"]) for row in dataset()["ssd_missing"]}
    assert len(missing) > 20
    assert missing <= known


def test_placements_in_the_year_can_be_counted_from_the_903():
    for row in lists()["children_in_care"]:
        if row["ceased_on"] or row["started_on"] < YEAR.opens:
            continue
        own = [each for each in episodes()[row["child"]] if day(each["DECOM"]) >= row["started_on"]]
        counted = sum(
            each["RNE"] in "SPTBU"
            and not each["PLACE"].startswith("T")
            and not (place and own[place - 1]["PLACE"].startswith("T"))
            for place, each in enumerate(own)
        )
        assert counted == row["placements_in_year"]


def test_need_plans_and_enquiries_are_the_same_in_annex_a_and_the_census():
    assert len(lists()["children_in_need"]) > 700
    for row in lists()["children_in_need"]:
        details = census()[row["child"]]
        same = [node for node in details if text(node, "CINreferralDate") == iso(row["started_on"])]
        assert len(same) == 1
        assert text(same[0], "PrimaryNeedCode") == row["need"]
        assert text(same[0], "CINclosureDate") == iso(row["closed_on"])
        assert text(same[0], "ReasonForClosure") == row["closure_reason"]
    for row in lists()["protection_plans"]:
        plans = [each for node in census()[row["child"]] for each in node.inside if each.name == "ChildProtectionPlans"]
        same = [each for each in plans if text(each, "CPPstartDate") == iso(row["started_on"])]
        assert len(same) == 1
        assert text(same[0], "CPPendDate") == iso(row["ended_on"])
        assert text(same[0], "LatestCategoryOfAbuse") == row["latest_category"]
        assert text(same[0], "NumberOfPreviousCPP") == str(row["previous_plans"])


def test_assessments_and_conferences_are_the_same_in_annex_a_the_census_and_the_dataset():
    in_census = {
        (child, text(each, "AssessmentActualStartDate"), text(each, "AssessmentAuthorisationDate"))
        for child, details in census().items()
        for node in details
        for each in node.inside
        if each.name == "Assessments"
    }
    in_dataset = {
        (row["cina_person_id"], iso(row["cina_assessment_start_date"]), iso(row["cina_assessment_auth_date"]))
        for row in dataset()["ssd_cin_assessments"]
    }
    listed = {(row["child"], iso(row["started_on"]), iso(row["authorised_on"])) for row in lists()["assessments"]}
    assert len(listed) > 500
    assert listed <= in_census
    assert listed <= in_dataset
    held = {(row["child"], iso(row["conference_on"])) for row in lists()["section_47"] if row["conference_on"]}
    known = {(row["icpc_person_id"], iso(row["icpc_icpc_date"])) for row in dataset()["ssd_initial_cp_conference"]}
    assert held and held <= known


def test_referrals_and_contacts_are_the_same_in_annex_a_and_the_dataset():
    referred = {(row["child"], row["referred_on"], row["source"]) for row in lists()["referrals"]}
    known = {
        (row["cine_person_id"], row["cine_referral_date"], row["cine_referral_source_code"])
        for row in dataset()["ssd_cin_episodes"]
    }
    heard = {(row["child"], row["contacted_on"], row["source"]) for row in lists()["contacts"]}
    told = {
        (row["cont_person_id"], row["cont_contact_date"], row["cont_contact_source_code"])
        for row in dataset()["ssd_contacts"]
    }
    assert len(referred) > 500 and len(heard) > 1_000
    assert referred <= known and heard <= told


def test_care_is_the_same_in_the_903_and_the_dataset():
    known = {(row["clae_person_id"], row["clae_cla_episode_start_date"]): row for row in dataset()["ssd_cla_episodes"]}
    compared = 0
    for child, rows in episodes().items():
        for row in rows:
            found = known[child, day(row["DECOM"])]
            assert found["clae_cla_episode_start_reason"] == row["RNE"]
            assert found["clae_cla_episode_ceased_date"] == (day(row["DEC"]) if row["DEC"] else None)
            assert (found["clae_cla_episode_ceased_reason"] or "") == row["REC"]
            compared += 1
    assert compared > 150


def test_adoptions_are_the_same_everywhere():
    made = story().ssda903(2026)
    decided = {row["CHILD"]: row for row in made["placed_adoption"]}
    adopted = {row["CHILD"]: row for row in made["ad1"]}
    permanence = {row["perm_person_id"]: row for row in dataset()["ssd_permanence"]}
    assert len(lists()["adoptions"]) > 5
    for row in lists()["adoptions"]:
        assert day(decided[row["child"]]["DATE_PLACED"]) == row["decided_on"]
        assert permanence[row["child"]]["perm_adm_decision_date"] == row["decided_on"]
        assert permanence[row["child"]]["perm_placed_for_adoption_date"] == row["placed_on"]
        if row["adopted_on"] and row["adopted_on"] >= YEAR.opens:
            assert day(adopted[row["child"]]["DATE_MATCH"]) == row["matched_on"]


def test_care_leavers_live_alike_in_annex_a_and_the_dataset():
    known = {row["clea_person_id"]: row for row in dataset()["ssd_care_leavers"]}
    assert {row["child"] for row in lists()["care_leavers"]} == set(known)
    for row in lists()["care_leavers"]:
        found = known[row["child"]]
        assert found["clea_care_leaver_activity"] == row["activity"]
        assert found["clea_care_leaver_eligibility"] == row["eligibility"]


def test_the_tables_of_the_dataset_join():
    made = dataset()
    assert set(made) == set(COLUMNS)
    people = {row["pers_person_id"] for row in made["ssd_person"]}
    for name, rows in made.items():
        assert {column for row in rows for column in row} <= set(COLUMNS[name]), name
        own = next((column for column in COLUMNS[name] if column.endswith("_person_id")), None)
        if own and name != "ssd_mother":
            assert {row[own] for row in rows} <= people, name
    for child, parent, to in (
        ("ssd_cin_assessments", "cina_referral_id", ("ssd_cin_episodes", "cine_referral_id")),
        ("ssd_cp_plans", "cppl_icpc_id", ("ssd_initial_cp_conference", "icpc_icpc_id")),
        ("ssd_initial_cp_conference", "icpc_s47_enquiry_id", ("ssd_s47_enquiry", "s47e_s47_enquiry_id")),
        ("ssd_cp_visits", "cppv_cp_plan_id", ("ssd_cp_plans", "cppl_cp_plan_id")),
        ("ssd_cla_episodes", "clae_cla_placement_id", ("ssd_cla_placement", "clap_cla_placement_id")),
        ("ssd_involvements", "invo_professional_id", ("ssd_professionals", "prof_professional_id")),
    ):
        known = {row[to[1]] for row in made[to[0]]}
        assert {row[parent] for row in made[child] if row[parent]} <= known, (child, parent)
    keys = {"ssd_person": "pers_person_id", "ssd_cin_episodes": "cine_referral_id", "ssd_contacts": "cont_contact_id",
            "ssd_cla_visits": "clav_cla_visit_id", "ssd_cp_reviews": "cppr_cp_review_id"}  # fmt: skip
    for name, key in keys.items():
        assert len({row[key] for row in made[name]}) == len(made[name])
