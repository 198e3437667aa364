"""Random hand-ins of the CIN census for the blind reading, as `blind_hand_ins` draws those of the SSDA903."""

from datetime import date, timedelta

from tests.kernel.blind_hand_ins import Drawn
from tests.kernel.blind_world import HandIn, Row, birthday

MODULES: dict[str, tuple[str, ...]] = {
    "Header": ("Collection", "Year", "ReferenceDate", "LEA"),
    "ChildIdentifiers": (
        "LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate", "Sex",
        "PersonDeathDate",
    ),
    "ChildCharacteristics": ("LAchildID", "Ethnicity"),
    "Disabilities": ("LAchildID", "Disability"),
    "CINdetails": (
        "LAchildID", "CINdetailsID", "CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate",
        "ReasonForClosure", "DateOfInitialCPC", "ReferralNFA",
    ),
    "Assessments": (
        "LAchildID", "CINdetailsID", "AssessmentActualStartDate", "AssessmentAuthorisationDate",
        "AssessmentInternalReviewDate", "AssessmentFactors",
    ),
    "CINplanDates": ("LAchildID", "CINdetailsID", "CINPlanStartDate", "CINPlanEndDate"),
    "Section47": (
        "LAchildID", "CINdetailsID", "S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC", "ICPCnotRequired",
    ),
    "ChildProtectionPlans": (
        "LAchildID", "CINdetailsID", "CPPID", "CPPstartDate", "CPPendDate", "InitialCategoryOfAbuse",
        "LatestCategoryOfAbuse", "NumberOfPreviousCPP",
    ),
    "Reviews": ("LAchildID", "CINdetailsID", "CPPID", "CPPreviewDate"),
}  # fmt: skip
_CODES = {
    "Ethnicity": "WBRI NOBT WWWW", "Disability": "NONE AUT LD LD QQQ", "ReferralSource": "1A 10 5D 99",
    "PrimaryNeedCode": "N1 N0 N9 N99", "ReasonForClosure": "RC1 RC2 RC7 RC8 RC8 RC9 RC99", "ReferralNFA": "0 0 0 1 2",
    "ICPCnotRequired": "0 0 1 2", "InitialCategoryOfAbuse": "NEG PHY QQQ", "LatestCategoryOfAbuse": "EMO MUL QQQ",
    "NumberOfPreviousCPP": "0 1", "Sex": "M F U 1", "UPNunknown": "UN1 UN2 UN6 UN7",
    "UPN": "A801200001001 B801200001001 H801200001001 A999200001001 A80120000100A A8012X0001001 A80120000100I",
    "FormerUPN": "A801200001001 X12", "AssessmentFactors": "21 21 1A 18A 19A 1A;2B 21;1A 1A;1A 18B;19C",
}  # fmt: skip
_NUMBERS = ("c{}", "c{}", "c{}", "c.{}", "a0123456789012345{:03}", "a01234567890123456{:03}")
"""Children's numbers: good ones, one with a point, one of 20 characters and one of 21."""


class DrawnCensus(Drawn):
    """Draws one census of a year from a seed."""

    def __init__(self, year: int, seed: int) -> None:
        super().__init__(year, seed)
        weekend = [date(year - 1, 6, 1) + timedelta(days) for days in range(7)]
        late = [self.end - timedelta(days) for days in (18, 19, 20, 21, 22, 23, 24, 25, 62, 63, 64, 65, 66, 67, 68)]
        self.days += weekend + late

    def iso(self, when: date | None, lost: float = 0.04) -> str | None:
        if when is None or self.often(lost):
            return None if self.often(0.7) else "2024-02-31"
        return when.isoformat()

    def code(self, column: str) -> str | None:
        return None if self.often(0.12) else self.random.choice(_CODES[column].split())

    def census(self, children: int) -> HandIn:
        """A census of so many children."""
        tables: dict[str, list[Row]] = {name: [] for name in MODULES}
        tables["Header"].append(
            {
                "Collection": "CIN",
                "Year": str(self.year),
                "ReferenceDate": self.iso(self.random.choice((self.end, self.end, self.start))),
                "LEA": "801",
            }
        )
        for number in range(children):
            form = self.random.choice(
                ("c{}", "c{}", "c{}", "c.{}", "a0123456789012345{:03}", "a01234567890123456{:03}")
            )
            self._of_child(form.format(number), tables)
        return HandIn(self.year, tables)

    def _of_child(self, child: str, tables: dict[str, list[Row]]) -> None:
        born = self.birth()
        unborn = self.often(0.1)
        expected = self.random.choice(
            (date(self.year, 2, 28), date(self.year, 3, 1), date(self.year, 12, 31), self.end)
        )
        row: Row = {"LAchildID": child}
        row |= {name: self.code(name) for name in ("UPN", "FormerUPN", "UPNunknown", "Sex")}
        row |= {"UPN": row["UPN"] if self.often(0.5) else None}
        row["PersonBirthDate"] = None if unborn else self.iso(born)
        row["ExpectedPersonBirthDate"] = self.iso(expected) if unborn or self.often(0.05) else None
        row["PersonDeathDate"] = self.iso(self.any_day()) if self.often(0.15) else None
        if self.often(0.97):
            tables["ChildIdentifiers"] += [row] if self.often(0.98) else [row, dict(row)]
        if self.often(0.97):
            tables["ChildCharacteristics"].append({"LAchildID": child, "Ethnicity": self.code("Ethnicity")})
        for _ in range(self.random.choice((0, 1, 1, 2))):
            tables["Disabilities"].append({"LAchildID": child, "Disability": self.code("Disability")})
        for number in range(self.random.choice((0, 1, 1, 1, 2, 2, 3))):
            self._need(child, f"{child}-{number}", born, tables)

    def _need(self, child: str, key: str, born: date, tables: dict[str, list[Row]]) -> None:
        referred = (
            self.any_day() if self.often(0.9) else birthday(born, 0) - timedelta(self.random.choice((279, 280, 281)))
        )
        closed = self._later(referred) if self.often(0.5) else None
        row: Row = {"LAchildID": child, "CINdetailsID": key, "CINreferralDate": self.iso(referred)}
        row |= {name: self.code(name) for name in ("ReferralSource", "PrimaryNeedCode", "ReferralNFA")}
        row |= {"CINclosureDate": self.iso(closed)}
        row["ReasonForClosure"] = (
            self.code("ReasonForClosure") if (closed and self.often(0.95)) or self.often(0.05) else None
        )
        row["DateOfInitialCPC"] = self.iso(self.any_day()) if self.often(0.15) else None
        tables["CINdetails"].append(row)
        for name in ("Assessments", "CINplanDates", "Section47", "ChildProtectionPlans"):
            for number in range(self.random.choice((0, 0, 0, 1, 1, 2))):
                self._part(name, child, key, f"{key}-{number}", referred, tables)

    def _part(self, name: str, child: str, key: str, plan: str, referred: date, tables: dict[str, list[Row]]) -> None:
        begun = self._later(referred) if self.often(0.8) else self.any_day()
        row: Row = {"LAchildID": child, "CINdetailsID": key}
        dates = iter((begun, self._later(begun) if self.often(0.6) else None, None))
        for column in MODULES[name][2:]:
            if column == "CPPID":
                row[column] = plan
            elif column == "AssessmentInternalReviewDate":
                # A day of its own: rows of one assessment would else be taken for one with several factors.
                row[column] = (date(2010, 1, 1) + timedelta(len(tables[name]))).isoformat()
            elif column == "InitialCPCtarget":
                row[column] = self.iso(self.any_day()) if self.often(0.4) else None
            elif "Date" in column or "date" in column:
                row[column] = self.iso(next(dates))
            elif column == "AssessmentFactors":
                row[column] = self.code(column) if self.often(0.8) else None
            else:
                row[column] = self.code(column)
        tables[name].append(row)
        for _ in range(self.random.choice((0, 0, 1, 2)) if name == "ChildProtectionPlans" else 0):
            when = self._later(begun) if self.often(0.8) else self.any_day()
            more: Row = {"LAchildID": child, "CINdetailsID": key, "CPPID": plan, "CPPreviewDate": self.iso(when)}
            tables["Reviews"].append(more)
