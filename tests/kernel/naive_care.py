"""The views of care worked out a second time: rows, loops and dates, without Polars and without the kernel's code."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from goldthread.domain.calendar import add_months, completed_years, working_days_between

Row = dict[str, Any]
Tables = dict[str, list[Row]]
EARLIEST = date(1, 1, 1)
TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
DAY = timedelta(days=1)


def where(row: Row) -> Row:
    """Where a row of the record comes from."""
    return {"source": row["source"], "source_row": row["row"]}


class NaiveCare:
    """One record as plain rows, and the day it is asked about."""

    def __init__(self, tables: Tables, as_at: date, holidays: frozenset[date]) -> None:
        self.tables = tables
        self.as_at = as_at
        self.holidays = holidays
        self.year_ago = add_months(as_at, -12)

    def in_year(self, day: date | None) -> bool:
        return day is not None and self.year_ago < day <= self.as_at

    def child(self, child: str | None) -> Row:
        told: Row = dict.fromkeys(("born_on", "age", "gender", "ethnicity", "disability"))
        for person in self.tables["ssd_person"]:
            if child is not None and person["pers_person_id"] == child:
                born = person["pers_dob"] or person["pers_expected_dob"]
                told |= {"born_on": born, "gender": person["pers_gender"] or person["pers_sex"],
                         "ethnicity": person["pers_ethnicity"]}  # fmt: skip
                if born is not None:
                    told["age"] = -1 if born > self.as_at else completed_years(born, self.as_at)
                has = [
                    row["disa_disability_code"]
                    for row in self.tables["ssd_disability"]
                    if row["disa_person_id"] == child
                ]
                if has:
                    told["disability"] = "N" if all(code == "NONE" for code in has) else "Y"
                break
        return told

    def team(self, child: str | None) -> str | None:
        held = [
            row for row in self.tables["ssd_involvements"]
            if child is not None and row["invo_person_id"] == child and row["invo_professional_team"] is not None
            and (row["invo_involvement_start_date"] or EARLIEST) <= self.as_at
            and (row["invo_involvement_end_date"] is None or row["invo_involvement_end_date"] > self.as_at)
        ]  # fmt: skip
        held.sort(key=lambda row: (row["invo_involvement_start_date"] or EARLIEST, row["row"]))
        return held[-1]["invo_professional_team"] if held else None

    def status(self, child: str, day: date) -> str | None:
        held = [
            row for row in self.tables["ssd_legal_status"]
            if row["lega_person_id"] == child
            and (row["lega_legal_status_start_date"] or EARLIEST) <= day
            and (row["lega_legal_status_end_date"] is None or row["lega_legal_status_end_date"] > day)
        ]  # fmt: skip
        held.sort(key=lambda row: (row["lega_legal_status_start_date"] or EARLIEST, row["lega_legal_status"] or ""))
        return held[-1]["lega_legal_status"] if held else None

    def periods(self) -> list[Row]:
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.tables["ssd_cla_episodes"]:
            if row["clae_person_id"] is not None and row["clae_cla_episode_start_date"] is not None:
                found[row["clae_person_id"], row["clae_cla_id"] or "?"].append(row)
        periods = []
        for (child, period), rows in found.items():
            rows.sort(key=lambda row: (row["clae_cla_episode_start_date"], row["row"]))
            entered = [row["clae_entered_care_date"] for row in rows if row["clae_entered_care_date"] is not None]
            periods.append({
                **where(rows[-1]), "child": child, "period": period, "started_on": entered[0] if entered else None,
                "seen_from": rows[0]["clae_cla_episode_start_date"],
                "ceased_on": rows[-1]["clae_cla_episode_ceased_date"],
                "ceased_reason": rows[-1]["clae_cla_episode_ceased_reason"],
                "source": rows[-1]["source"], "source_row": rows[-1]["row"],
            })  # fmt: skip
        return sorted(periods, key=lambda one: (one["child"], one["seen_from"]))

    def placements(self) -> list[Row]:
        placements = []
        for row in self.tables["ssd_cla_placement"]:
            first = sorted(
                (one for one in self.tables["ssd_cla_episodes"]
                 if one["clae_cla_placement_id"] is not None
                 and one["clae_cla_placement_id"] == row["clap_cla_placement_id"]),
                key=lambda one: (one["clae_cla_episode_start_date"], one["row"]),
            )  # fmt: skip
            seen = row["clap_cla_placement_start_date"] or (first[0]["clae_cla_episode_start_date"] if first else None)
            if seen is None or row["clap_person_id"] is None:
                continue
            placements.append({
                **where(row),
                "child": row["clap_person_id"], "id": row["clap_cla_placement_id"], "period": row["clap_cla_id"],
                "started_on": row["clap_cla_placement_start_date"], "seen_from": seen,
                "ended_on": row["clap_cla_placement_end_date"], "type": row["clap_cla_placement_type"],
                "provider": row["clap_cla_placement_provider"], "urn": row["clap_cla_placement_urn"],
                "postcode": row["clap_cla_placement_postcode"], "row": row["row"],
                "opened_by": first[0]["clae_cla_episode_start_reason"] if first else None,
                "status": self.status(row["clap_person_id"], seen),
            })  # fmt: skip
        return sorted(placements, key=lambda one: (one["child"], one["seen_from"], one["row"]))

    def stays(self, child: str) -> list[Row]:
        """The placements of one child that count, those that go on from the one before made one with it."""
        stays: list[Row] = []
        came_from_temporary, last_seen, last_kept = False, None, None
        for one in (each for each in self.placements() if each["child"] == child):
            came_from_temporary = (
                last_seen is not None and last_seen["type"] in TEMPORARY and last_seen["period"] == one["period"]
            )
            last_seen = one
            too_short = one["ended_on"] is not None and one["ended_on"] <= one["seen_from"]
            if one["status"] in ("V3", "V4") or too_short or one["type"] in TEMPORARY:
                continue
            follows = last_kept is not None and last_kept["period"] == one["period"]
            same_home = (
                last_kept is not None and last_kept["type"] is not None and last_kept["type"] == one["type"]
                and any(one[name] is not None and one[name] == last_kept[name] for name in ("urn", "postcode"))
            )  # fmt: skip
            goes_on = follows and ((came_from_temporary and same_home) or one["type"] in ("A3", "A5"))
            last_kept = one
            if goes_on:
                stays[-1] |= {"ended_on": one["ended_on"], "type": one["type"]}
                continue
            same_carer = follows and (one["opened_by"] in ("T", "U") or one["type"] in ("A3", "A4", "A5", "A6"))
            carer = stays[-1] if same_carer else None
            stays.append({
                **one, "is_move": "Y" if follows else "N",
                "carer_on": carer["carer_on"] if carer else one["started_on"],
                "carer_from": carer["carer_from"] if carer else one["seen_from"],
            })  # fmt: skip
        return stays

    def late_reviews(
        self,
        begun: date | None,
        until: date,
        days: Iterable[date],
        first: int,
        second: int,
        later: int,
        *,
        working: bool,
    ) -> tuple[int, int]:
        """Reviews held in the year, and late ones with one that is overdue."""

        def due(number: int, before: date | None) -> date | None:
            if before is not None:
                return add_months(before, second if in_year and number == 2 else later)
            return None if in_year else add_months(self.year_ago, later)

        def is_late(number: int, before: date | None, on: date) -> bool:
            limit = due(number, before)
            if limit is not None:
                return on > limit
            assert begun is not None
            if working:
                return on > begun and working_days_between(begun, on, self.holidays) > first
            return on > add_months(begun, first)

        in_year = begun is not None and begun > self.year_ago
        held = sorted({day for day in days if day <= until and (begun is None or day >= begun)})
        late, before = 0, None
        for number, on in enumerate(held, 1):
            late += on > self.year_ago and is_late(number, before, on)
            before = on
        late += is_late(len(held) + 1, before, until)
        return sum(on > self.year_ago for on in held), late

    def reviews_of(self, child: str) -> list[date]:
        owners = {}
        for row in self.tables["ssd_cla_episodes"]:
            if row["clae_cla_id"] is not None and row["clae_person_id"] is not None:
                owners.setdefault(row["clae_cla_id"], row["clae_person_id"])
        return [
            row["clar_cla_review_date"] for row in self.tables["ssd_cla_reviews"]
            if row["clar_cla_review_cancelled"] != "Y" and row["clar_cla_review_date"] is not None
            and (row["clar_cla_person_id"] or owners.get(row["clar_cla_id"])) == child
        ]  # fmt: skip

    def in_care(self) -> list[Row]:
        now: dict[str, Row] = {}
        for period in self.periods():
            if period["seen_from"] <= self.as_at and (period["ceased_on"] is None or period["ceased_on"] > self.as_at):
                now[period["child"]] = period
        return [self._in_care(child, period) for child, period in now.items()]

    def _in_care(self, child: str, period: Row) -> Row:
        stays = [one for one in self.stays(child) if one["seen_from"] <= self.as_at]

        def running(months: int) -> int:
            first = add_months(self.as_at, -months) + DAY
            return sum(one["ended_on"] is None or one["ended_on"] >= first for one in stays)

        last = stays[-1] if stays and stays[-1]["period"] == period["period"] else None
        placed = [
            one for one in self.placements()
            if one["child"] == child and one["seen_from"] <= self.as_at
            and (one["ended_on"] is None or one["ended_on"] > self.as_at)
        ]  # fmt: skip
        here = placed[-1] if placed else None
        held, late = self.late_reviews(period["started_on"], self.as_at, self.reviews_of(child), 20, 3, 6, working=True)
        return {
            "source": period["source"], "source_row": period["source_row"],
            "child": child, **self.child(child), "started_on": period["started_on"], "ceased_on": period["ceased_on"],
            "seen_from": period["seen_from"], "legal_status": self.status(child, self.as_at),
            "unaccompanied": "Y" if self._any("ssd_immigration_status", "immi_person_id", child,
                                              immi_immigration_status="UASC") else "N",
            "placement_type": here["type"] if here else None, "placement_on": here["started_on"] if here else None,
            "provider": here["provider"] if here else None,
            "in_or_out": self._in_or_out(here), "miles": None, "where_known": "NOT_LOADED" if here else None,
            "placements_in_year": running(12), "placements_in_two_years": running(24),
            "moves_in_year": sum(one["is_move"] == "Y" and self.in_year(one["seen_from"]) for one in stays),
            "carer_on": last["carer_on"] if last else None, "carer_from": last["carer_from"] if last else None,
            "last_visit_on": self._latest_day("ssd_cla_visits", "clav_person_id", "clav_cla_visit_date", child),
            "reviews_held": held, "reviews_late": late, "workers_in_year": self._workers(child),
            **self._checks(child), **self._yearly(child), "team": self.team(child),
        }  # fmt: skip

    def _any(self, table: str, owner: str, child: str, **cells: str) -> bool:
        return any(
            row[owner] == child and all(row[name] == value for name, value in cells.items())
            for row in self.tables[table]
        )

    def _in_or_out(self, placement: Row | None) -> str | None:
        if placement is None:
            return None
        for row in self.tables["own_placement_locations"]:
            if row["ploc_cla_placement_id"] == placement["id"]:
                return str(row["ploc_in_or_out"]) if row["ploc_in_or_out"] else None
        return None

    def _latest_day(self, table: str, owner: str, day: str, child: str) -> date | None:
        days = [row[day] for row in self.tables[table] if row[owner] == child and row[day] and row[day] <= self.as_at]
        return max(days, default=None)

    def _workers(self, child: str) -> int:
        return len({
            row["invo_professional_id"] for row in self.tables["ssd_involvements"]
            if row["invo_person_id"] == child and row["invo_professional_id"] is not None
            and row["invo_professional_role_id"] in (None, "Social worker", "Allocated worker")
            and row["invo_involvement_start_date"] is not None and row["invo_involvement_start_date"] <= self.as_at
            and (row["invo_involvement_end_date"] is None or row["invo_involvement_end_date"] > self.year_ago)
        })  # fmt: skip

    def _checks(self, child: str) -> Row:
        told: Row = {}
        kinds = {
            "health": "Health assessment",
            "dental": "Dental check",
            "development": "Health check of a child under five",
        }
        for name, kind in kinds.items():
            days = [
                row["clah_health_check_date"] for row in self.tables["ssd_cla_health"]
                if row["clah_person_id"] == child and row["clah_health_check_type"] == kind
                and (row["clah_health_check_date"] or EARLIEST) <= self.as_at
            ]  # fmt: skip
            told[f"{name}_on"] = max((day for day in days if day is not None), default=None)
            told_at_all = any(
                row["clah_health_check_type"] == kind and row["clah_person_id"] is not None
                and (row["clah_health_check_date"] or EARLIEST) <= self.as_at
                for row in self.tables["ssd_cla_health"]
            )  # fmt: skip
            told[f"{name}_said"] = ("Y" if None in days else "N") if told_at_all else None
        return told

    def _yearly(self, child: str) -> Row:
        def last(table: str, owner: str, day: str) -> Row | None:
            rows = [
                row for row in self.tables[table]
                if row[owner] == child and (row[day] is None or self.in_year(row[day]))
            ]  # fmt: skip
            rows.sort(key=lambda row: (row[day] or EARLIEST, row["row"]))
            return rows[-1] if rows else None

        immunised = last("ssd_cla_immunisations", "clai_person_id", "clai_immunisations_status_date")
        score = last("ssd_sdq_scores", "csdq_person_id", "csdq_sdq_completed_date")
        convicted = last("ssd_cla_convictions", "clac_person_id", "clac_cla_conviction_date")
        return {
            "immunised": immunised["clai_immunisations_status"] if immunised else None,
            "sdq_score": score["csdq_sdq_score"] if score else None,
            "sdq_reason": score["csdq_sdq_reason"] if score else None,
            "convicted": "Y" if convicted else "N",
        }
