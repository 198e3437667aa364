"""Random hand-ins of the SSDA903 for the blind reading: dates about year ends, 29 February, equal days, nothing."""

import random
from datetime import date, timedelta

from tests.kernel.blind_world import HandIn, Row, birthday

TABLES: dict[str, tuple[str, ...]] = {
    "Header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB", "UASC"),
    "Episodes": (
        "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
        "HOME_POST", "PL_POST", "URN", "PL_LA", "PL_LOCATION", "PL_DISTANCE",
    ),
    "Reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "UASC": ("CHILD", "SEX", "DOB", "DUC"),
    "OC2": (
        "CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK",
        "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
    ),
    "OC3": ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "AD1": ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "PlacedAdoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "PrevPerm": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "Missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
    "SWEpisodes": ("CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
    "DoLo": ("CHILD", "DOB", "DOLO_START", "DOLO_END"),
}  # fmt: skip
_SINCE = {"SWEpisodes": 2024, "DoLo": 2027}
_AGES = (0, 1, 3, 4, 5, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 21, 22, 25, 26)
_CODES = {
    "SEX": "M F F U 1 2 X", "ETHNIC": "WBRI NOBT REFU WWWW", "UPN": "UN1 UN2 UN4 UN5 UN6 A123456789012 X98765432101B",
    "MOTHER": "0 1 1 2", "UASC": "0 1 2", "RNE": "S S L P T B U Q",
    "LS": "C2 V2 V2 V3 V3 V4 E1 L1 L2 L3 J1 J2 J3 C1 ZZ",
    "CIN": "N1 N1 N2 N8 N9", "PLACE": "U1 U4 U6 U5 A3 A4 A5 A6 K1 K2 K2 K3 H5 P1 P3 R2 R5 S1 T0 T1 T3 T3 T4 Z1 Z12 QQ",
    "PLACE_PROVIDER": "PR0 PR1 PR2 PR3 PR4 PR5 PR9", "REASON_PLACE_CHANGE": "CARPL CUSTOD OTHER NOPE",
    "HOME_POST": "AB1_1AA", "PL_POST": "AB1_1AA AB1_2BB NOT_ONE", "URN": "SC000001 SC000002 SC000003 SC000009 XXXXXXX",
    "PL_LA": "801 802 WAL", "PL_LOCATION": "IN OUT", "PL_DISTANCE": "0 1.5 1.6 1.7 350 350.1 999.9 1000",
    "REVIEW_CODE": "PN0 PN1 PN7 PN8", "SDQ_SCORE": "0 12 40 41", "SDQ_REASON": "SDQ1 SDQ2 SDQ5 SDQ9",
    "IN_TOUCH": "YES YES NO DIED RHOM NREQ NOPE", "ACTIV": "F1 0 0 G6 F3 Q9", "ACCOM": "T1 T2 0 Z1 Z2 B1 S1 X1 Q9",
    "FOSTER_CARE": "0 1 2", "NB_ADOPTR": "1 2 3", "SEX_ADOPTR": "MM FF MF M1 F1 QQ",
    "LS_ADOPTR": "L0 L11 L12 L2 L3 L4 L9",
    "REASON_PLACED_CEASED": "RD1 RD4 RD9", "PREV_PERM": "P1 P4 Z1 Q1", "LA_PERM": "801 WAL 999 QQQ",
    "MISSING": "M A Q", "SW_ID": "SW12345 XX1 12345", "SW_REASON": "MANAGE FCONTA OTHERS NOPE",
}  # fmt: skip
_FLAGS = "0 1 1 2"
_LEAVES = ("E11", "E12", "E2", "E3", "E4A", "E45", "E46", "E47", "E5", "E6", "E7", "E8", "E15", "E17", "QQ")


class Drawn:
    """Draws one hand-in of a year from a seed."""

    def __init__(self, year: int, seed: int) -> None:
        self.random, self.year = random.Random(f"{year}-{seed}"), year
        self.start, self.end = date(year - 1, 4, 1), date(year, 3, 31)
        edges = (self.start, self.end, date(year - 1, 10, 1), date(year - 2, 4, 1))
        near = [edge + timedelta(days) for edge in edges for days in (-2, -1, 0, 1, 2)]
        leap = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
        spans = [date(year - 1, 6, 1) + timedelta(days) for days in (0, 3, 4, 7, 8, 17, 18, 21, 22, 42, 43, 75, 76)]
        self.days = [
            *near,
            *spans,
            *(each for each in leap if each < self.end + timedelta(2)),
            date(2015, 5, 1),
            date(2015, 3, 31),
        ]
        self.days += [date(2005, 11, 30), date(2005, 12, 1), date(1991, 10, 13), date(1991, 10, 14)]

    def often(self, chance: float) -> bool:
        return self.random.random() < chance

    def any_day(self) -> date:
        return self.random.choice(self.days)

    def text(self, when: date | None, lost: float = 0.05) -> str | None:
        if when is None or self.often(lost):
            return None if self.often(0.7) else "31/02/2024"
        return when.strftime("%d/%m/%Y")

    def code(self, column: str) -> str | None:
        if self.often(0.12):
            return None
        return self.random.choice(_CODES.get(column, _FLAGS).split()).replace("_", " ")

    def birth(self) -> date:
        if self.often(0.25):
            return date(self.random.choice((2000, 2004, 2008, 2012, 2016, 2020, 2024)), 2, 29)
        of = self.any_day() if self.often(0.5) else self.random.choice((self.start, self.end))
        return birthday(of, -self.random.choice(_AGES))

    def hand_in(self, children: int, *, last: bool = True) -> HandIn:
        """A hand-in of so many children."""
        tables: dict[str, list[Row]] = {name: [] for name in TABLES if self.year >= _SINCE.get(name, 0)}
        before: dict[str, list[Row]] = {name: [] for name in TABLES if self.year - 1 >= _SINCE.get(name, 0)}
        for number in range(children):
            self._child(f"c{number}", tables, before)
        return HandIn(self.year, tables, before if last else None)

    def _child(self, child: str, tables: dict[str, list[Row]], before: dict[str, list[Row]]) -> None:
        born = self.birth()
        for name in tables:
            if name == "Episodes":
                tables[name] += self._episodes(child)
            elif self.often({"Header": 0.97}.get(name, 0.45)):
                for _ in range(self._how_many(name)):
                    tables[name].append(self._row(name, child, born))
        self._even_out(child, tables)
        for name, rows in before.items():
            for row in [one for one in tables.get(name, []) if one["CHILD"] == child]:
                if self.often(0.8):
                    rows.append(self._of_last_year(name, row))
            if name != "Header" and self.often(0.1):
                rows += self._episodes(child) if name == "Episodes" else [self._row(name, child, born)]

    def _even_out(self, child: str, tables: dict[str, list[Row]]) -> None:
        """Codes of the sex that agree mostly, so that rules on what disagrees are not drowned."""
        header = next((row for row in tables["Header"] if row["CHILD"] == child), None)
        for row in tables["UASC"]:
            if header and row["CHILD"] == child and self.often(0.8):
                row["SEX"] = header["SEX"]

    def _how_many(self, name: str) -> int:
        several = name in ("Reviews", "Missing", "PlacedAdoption", "SWEpisodes", "DoLo")
        if name == "Header":
            return 1
        return self.random.choice((1, 2, 3)) if several else 1 + self.often(0.03)

    def _row(self, name: str, child: str, born: date) -> Row:
        row: Row = {"CHILD": child}
        for column in TABLES[name][1:]:
            if column == "DOB":
                row[column] = self.text(born if self.often(0.95) else self.birth(), 0.04)
            elif column == "MC_DOB":
                row[column] = self.text(self.any_day()) if self.often(0.4) else None
            elif column == "DATE_PERM":
                row[column] = self.text(self.any_day(), 0.2)
            elif column.startswith(("DATE_", "MIS_", "DOLO_", "SW_DE", "DUC")) or column == "REVIEW":
                ends = column in ("DUC", "DATE_PLACED_CEASED", "MIS_END", "DOLO_END", "SW_DEC")
                row[column] = None if ends and self.often(0.4) else self.text(self._time(row, born))
            else:
                row[column] = self.code(column)
        return row

    def _time(self, row: Row, born: date) -> date:
        if self.often(0.1):
            return birthday(born, self.random.choice((0, 4, 18))) + timedelta(self.random.choice((-1, 0, 1)))
        return self.any_day()

    def _episodes(self, child: str) -> list[Row]:
        starts = self._starts()
        rows: list[Row] = []
        for number, begun in enumerate(starts):
            after = starts[number + 1] if number + 1 < len(starts) else None
            row: Row = {"CHILD": child} | {column: self.code(column) for column in TABLES["Episodes"][1:]}
            if rows and self.often(0.6):
                kept = self.random.sample(("LS", "PLACE", "PL_POST", "URN", "PLACE_PROVIDER", "CIN"), 4)
                row |= {column: rows[-1][column] for column in kept}
            goes_on = after is not None and self.often(0.7)
            ended = after if goes_on else (self._later(begun) if self.often(0.5) else None)
            row |= {"DECOM": self.text(begun, 0.03), "DEC": self.text(ended, 0.04)}
            leaves = self.random.choice(_LEAVES)
            row["REC"] = None if ended is None and self.often(0.9) else "X1" if goes_on and self.often(0.9) else leaves
            rows.append(row)
        self.random.shuffle(rows)
        return rows

    def _starts(self) -> list[date]:
        """The starts of a child's episodes; of some who were looked after for the whole year."""
        if self.often(0.2):
            return [self.random.choice((date(self.year - 2, 5, 1), self.start, self.start + timedelta(1)))]
        return sorted(self.any_day() for _ in range(self.random.choice((0, 1, 1, 2, 2, 3, 4))))

    def _later(self, begun: date) -> date:
        days = [each for each in self.days if each >= begun] or [begun]
        return self.random.choice(days) if self.often(0.9) else self.any_day()

    def _of_last_year(self, name: str, row: Row) -> Row:
        was = dict(row)
        if name == "Episodes" and self.often(0.7):
            was |= {"DEC": None, "REC": None}
        if self.often(0.4):
            column = self.random.choice(TABLES[name][1:])
            if column.startswith(("D", "MIS_", "MC_", "SW_DE", "REVIEW")) and column != "DUC":
                was[column] = self.text(self.any_day())
            else:
                was[column] = self.code(column) if column != "DUC" else self.text(self.any_day(), 0.3)
        return was
