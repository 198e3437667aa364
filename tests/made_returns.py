"""Invented returns of any size, as records that can be written as CSV and as XML. For tests and benchmarks."""

import random
from datetime import date, timedelta
from xml.sax.saxutils import escape

Record = dict[str, str]

_ADOPTION = ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR")
_LEAVING = ("IN_TOUCH", "ACTIV", "ACCOM")
HEADINGS_903: dict[str, tuple[str, ...]] = {
    "header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "episodes": ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
                 "HOME_POST", "PL_POST", "URN"),
    "reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "oc2": ("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK",
            "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"),
    "oc3": ("CHILD", "DOB", *_LEAVING),
    "ad1": ("CHILD", "DOB", *_ADOPTION),
    "placed_adoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "previous_permanence": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
}  # fmt: skip
HEADINGS_CIN: dict[str, tuple[str, ...]] = {
    "Header": ("Collection", "Year", "ReferenceDate", "SourceLevel", "LEA", "SoftwareCode", "Release", "SerialNo",
               "DateTime"),
    "ChildIdentifiers": ("LAchildID", "UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate",
                         "Sex", "PersonDeathDate"),
    "ChildCharacteristics": ("LAchildID", "Ethnicity"),
    "Disabilities": ("LAchildID", "Disability"),
    "CINdetails": ("LAchildID", "CINdetailsID", "CINreferralDate", "ReferralSource", "PrimaryNeedCode",
                   "CINclosureDate", "ReasonForClosure", "DateOfInitialCPC", "ReferralNFA"),
    "Assessments": ("LAchildID", "CINdetailsID", "AssessmentActualStartDate", "AssessmentInternalReviewDate",
                    "AssessmentAuthorisationDate", "AssessmentFactors"),
    "CINplanDates": ("LAchildID", "CINdetailsID", "CINPlanStartDate", "CINPlanEndDate"),
    "Section47": ("LAchildID", "CINdetailsID", "S47ActualStartDate", "InitialCPCtarget", "DateOfInitialCPC",
                  "ICPCnotRequired"),
    "ChildProtectionPlans": ("LAchildID", "CINdetailsID", "CPPID", "CPPstartDate", "CPPendDate",
                             "InitialCategoryOfAbuse", "LatestCategoryOfAbuse", "NumberOfPreviousCPP"),
    "Reviews": ("LAchildID", "CINdetailsID", "CPPID", "CPPreviewDate"),
}  # fmt: skip
_FIRST, _LAST = date(2025, 4, 1), date(2026, 3, 31)


class _Dice(random.Random):
    def day(self, first: date = _FIRST, last: date = _LAST) -> date:
        return first + timedelta(days=self.randint(0, (last - first).days))

    def often(self, value: str, share: float = 0.5) -> str:
        return value if self.random() < share else ""


def _uk(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def make_903(children: int, seed: int = 1) -> dict[str, list[Record]]:
    """The rows of each file of an SSDA903 return. Every child has a header; the rest is by chance."""
    dice = _Dice(seed)
    files: dict[str, list[Record]] = {name: [] for name in HEADINGS_903}
    for number in range(children):
        who = {"CHILD": f"{100_000 + number}", "DOB": _uk(dice.day(date(2006, 1, 1), date(2025, 3, 1)))}
        sex = dice.choice("MF")
        mother = dice.random() < 0.02
        files["header"].append(who | {
            "SEX": sex, "ETHNIC": dice.choice(("WBRI", "MWBC", "AOTH")), "UPN": f"A{dice.randrange(10**12):012}",
            "MOTHER": "1" if mother else "0", "MC_DOB": _uk(dice.day()) if mother else "",
        })  # fmt: skip
        _episodes_903(dice, who, files)
        for _ in range(dice.randint(0, 3)):
            files["reviews"].append(who | {"REVIEW": _uk(dice.day()), "REVIEW_CODE": f"PN{dice.randint(0, 7)}"})
        if dice.random() < 0.05:
            files["uasc"].append(who | {"SEX": sex, "DUC": _uk(dice.day())})
        if dice.random() < 0.6:
            flags = {name: dice.choice("01") for name in HEADINGS_903["oc2"][4:]}
            files["oc2"].append(who | {"SDQ_SCORE": dice.often(str(dice.randint(0, 40))), "SDQ_REASON": "SDQ1"} | flags)
        if dice.random() < 0.2:
            files["oc3"].append(who | {"IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": "U1"})
        if dice.random() < 0.05:
            values = (_uk(dice.day()), _uk(dice.day()), "0", "2", "MF", "L11")
            files["ad1"].append(who | dict(zip(_ADOPTION, values, strict=True)))
            files["placed_adoption"].append(
                who | {"DATE_PLACED": _uk(dice.day()), "DATE_PLACED_CEASED": "", "REASON_PLACED_CEASED": ""}
            )
        if dice.random() < 0.5:
            files["previous_permanence"].append(who | {"PREV_PERM": "P1", "LA_PERM": "", "DATE_PERM": "zz/zz/2014"})
        for _ in range(dice.choice((0, 0, 0, 0, 1, 3))):
            start = dice.day()
            files["missing"].append(who | {"MISSING": "M", "MIS_START": _uk(start), "MIS_END": _uk(start)})
    return files


def _episodes_903(dice: _Dice, who: Record, files: dict[str, list[Record]]) -> None:
    start = dice.day(date(2020, 1, 1), _FIRST)
    count = dice.randint(1, 4)
    ends = sorted(dice.day() for _ in range(count))
    for at, end in enumerate(ends):
        last = at == count - 1
        files["episodes"].append({
            "CHILD": who["CHILD"], "DECOM": _uk(start), "RNE": "P" if at else "S", "LS": dice.choice(("C2", "V2")),
            "CIN": "N1", "PLACE": dice.choice(("U6", "K2", "P1")), "PLACE_PROVIDER": "PR1",
            "DEC": "" if last else _uk(end), "REC": "" if last else "X1",
            "REASON_PLACE_CHANGE": "" if last else "CARPL", "HOME_POST": "AB1 2CD", "PL_POST": "AB1 3EF",
            "URN": f"SC{dice.randint(100_000, 999_999)}",
        })  # fmt: skip
        start = end


def make_cin(children: int, seed: int = 1) -> dict[str, list[Record]]:
    """The rows of each module of a CIN census."""
    dice = _Dice(seed)
    header = ("CIN", "2026", "2026-03-31", "L", "999", "Invented", "1.0.3", "001", "2026-05-01T09:00:00")
    modules: dict[str, list[Record]] = {name: [] for name in HEADINGS_CIN}
    modules["Header"].append(dict(zip(HEADINGS_CIN["Header"], header, strict=True)))
    for number in range(children):
        who = {"LAchildID": f"INV{number:07}"}
        modules["ChildIdentifiers"].append(
            who | {"UPN": f"A{dice.randrange(10**12):012}", "PersonBirthDate": f"{dice.day(date(2008, 1, 1))}",
                   "Sex": dice.choice("MFU")}
        )  # fmt: skip
        modules["ChildCharacteristics"].append(who | {"Ethnicity": dice.choice(("WBRI", "BAFR"))})
        for disability in dice.choice((("NONE",), ("NONE",), ("AUT", "LD"))):
            modules["Disabilities"].append(who | {"Disability": disability})
        for _ in range(dice.choice((1, 1, 2))):
            _details(dice, who, modules)
    return modules


def _details(dice: _Dice, who: Record, modules: dict[str, list[Record]]) -> None:
    episode = who | {"CINdetailsID": str(len(modules["CINdetails"]) + 1)}
    started = dice.day()
    modules["CINdetails"].append(episode | {
        "CINreferralDate": f"{started}", "ReferralSource": dice.choice(("1A", "2A", "6", "10")),
        "PrimaryNeedCode": "N1", "CINclosureDate": dice.often(f"{dice.day()}"),
        "ReasonForClosure": dice.often("RC8"), "ReferralNFA": dice.choice(("0", "1")),
    })  # fmt: skip
    for _ in range(dice.choice((0, 1, 1, 2))):
        factors = ",".join(sorted(dice.sample(("1A", "2B", "3B", "4B", "16A", "20"), dice.randint(0, 3))))
        modules["Assessments"].append(episode | {
            "AssessmentActualStartDate": f"{dice.day()}", "AssessmentAuthorisationDate": dice.often(f"{dice.day()}"),
            "AssessmentFactors": factors,
        })  # fmt: skip
    if dice.random() < 0.3:
        modules["CINplanDates"].append(episode | {"CINPlanStartDate": f"{dice.day()}", "CINPlanEndDate": ""})
    if dice.random() < 0.3:
        modules["Section47"].append(episode | {
            "S47ActualStartDate": f"{dice.day()}", "InitialCPCtarget": f"{dice.day()}",
            "DateOfInitialCPC": dice.often(f"{dice.day()}"), "ICPCnotRequired": dice.choice(("0", "1")),
        })  # fmt: skip
    if dice.random() < 0.2:
        plan = episode | {"CPPID": str(len(modules["ChildProtectionPlans"]) + 1)}
        modules["ChildProtectionPlans"].append(plan | {
            "CPPstartDate": f"{dice.day()}", "CPPendDate": dice.often(f"{dice.day()}"),
            "InitialCategoryOfAbuse": "NEG", "LatestCategoryOfAbuse": "EMO", "NumberOfPreviousCPP": "0",
        })  # fmt: skip
        for _ in range(dice.randint(0, 2)):
            modules["Reviews"].append(plan | {"CPPreviewDate": f"{dice.day()}"})


def as_csv(headings: tuple[str, ...], rows: list[Record]) -> bytes:
    """One file of a return; no value that is made here needs quotation marks but the factors."""
    lines = [",".join(headings)]
    lines += [",".join(_cell(row.get(heading, "")) for heading in headings) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def _cell(value: str) -> str:
    return f'"{value}"' if "," in value else value


def csv_files(headings: dict[str, tuple[str, ...]], tables: dict[str, list[Record]]) -> dict[str, bytes]:
    """The files of a return by their names, those without rows left out."""
    return {f"{name}.csv": as_csv(headings[name], rows) for name, rows in tables.items() if rows}


def _elements(row: Record, *names: str, called: dict[str, str] | None = None) -> str:
    parts = []
    for name in names:
        value = row.get(name, "")
        if value:
            tag = (called or {}).get(name, name)
            parts.append(f"<{tag}>{escape(value)}</{tag}>")
    return "".join(parts)


def _by_child(rows: list[Record], key: str) -> dict[str, list[Record]]:
    held: dict[str, list[Record]] = {}
    for row in rows:
        held.setdefault(row[key], []).append(row)
    return held


def xml_903(files: dict[str, list[Record]]) -> bytes:
    """The SSDA903 return as XML. A child's rows must stand together and in the order of the header."""
    by = {name: _by_child(rows, "CHILD") for name, rows in files.items()}
    groups = (("missing", "AMISSING"), ("reviews", "AREVIEW"), ("previous_permanence", "PERMANENCE"), ("oc2", "OC2"),
              ("placed_adoption", "AD_PLACED"))  # fmt: skip
    parts = ['<?xml version="1.0" encoding="utf-8"?>\n<EXPSSDA903>']
    for head in files["header"]:
        child = head["CHILD"]
        inner = _elements(head, "CHILD", "UPN", "SEX", "DOB", "ETHNIC", called={"CHILD": "CHILDID"})
        for name, headings in (("uasc", ("DUC",)), ("ad1", _ADOPTION), ("oc3", _LEAVING)):
            for row in by[name].get(child, ()):
                inner += _elements(row, *headings)
        inner += _elements(head, "MOTHER", "MC_DOB")
        for name, tag in groups:
            own = [heading for heading in HEADINGS_903[name] if heading not in ("CHILD", "DOB")]
            inner += "".join(f"<{tag}>{_elements(row, *own)}</{tag}>" for row in by[name].get(child, ()))
        episodes = "".join(
            f"<EPISODE>{_elements(row, *HEADINGS_903['episodes'][1:], called={'PLACE': 'PL'})}</EPISODE>"
            for row in by["episodes"].get(child, ())
        )
        parts.append(f"<CHILD><HEADER>{inner}</HEADER>{episodes}</CHILD>\n")
    return "".join([*parts, "</EXPSSDA903>\n"]).encode()


def xml_cin(modules: dict[str, list[Record]]) -> bytes:
    """The CIN census as XML, its episodes and plans numbered in the order of the modules."""
    head = modules["Header"][0]
    by_child = {name: _by_child(modules[name], "LAchildID") for name in HEADINGS_CIN if name != "Header"}
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails>',
        _elements(head, *HEADINGS_CIN["Header"][:3]),
        "</CollectionDetails><Source>",
        _elements(head, *HEADINGS_CIN["Header"][3:]),
        "</Source></Header><Children>\n",
    ]
    for row in modules["ChildIdentifiers"]:
        child = row["LAchildID"]
        disabilities = "".join(_elements(one, "Disability") for one in by_child["Disabilities"].get(child, ()))
        ethnic = "".join(_elements(one, "Ethnicity") for one in by_child["ChildCharacteristics"].get(child, ()))
        parts.append(
            f"<Child><ChildIdentifiers>{_elements(row, *HEADINGS_CIN['ChildIdentifiers'])}</ChildIdentifiers>"
            f"<ChildCharacteristics>{ethnic}<Disabilities>{disabilities}</Disabilities></ChildCharacteristics>"
        )
        parts += [_xml_details(one, by_child, child) for one in by_child["CINdetails"].get(child, ())]
        parts.append("</Child>\n")
    return "".join([*parts, "</Children></Message>\n"]).encode()


def _xml_details(details: Record, by_child: dict[str, dict[str, list[Record]]], child: str) -> str:
    def own(name: str) -> list[Record]:
        return [row for row in by_child[name].get(child, ()) if row["CINdetailsID"] == details["CINdetailsID"]]

    inner = _elements(details, *HEADINGS_CIN["CINdetails"][2:8])
    for row in own("Assessments"):
        factors = "".join(
            f"<AssessmentFactors>{one}</AssessmentFactors>" for one in row["AssessmentFactors"].split(",") if one
        )
        held = f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment>" if factors else ""
        inner += f"<Assessments>{_elements(row, *HEADINGS_CIN['Assessments'][2:5])}{held}</Assessments>"
    for name, tag in (("CINplanDates", "CINPlanDates"), ("Section47", "Section47")):
        inner += "".join(f"<{tag}>{_elements(row, *HEADINGS_CIN[name][2:])}</{tag}>" for row in own(name))
    inner += _elements(details, "ReferralNFA")
    for plan in own("ChildProtectionPlans"):
        reviews = "".join(_elements(row, "CPPreviewDate") for row in own("Reviews") if row["CPPID"] == plan["CPPID"])
        held = f"<Reviews>{reviews}</Reviews>" if reviews else ""
        own_cells = _elements(plan, *HEADINGS_CIN["ChildProtectionPlans"][3:])
        inner += f"<ChildProtectionPlans>{own_cells}{held}</ChildProtectionPlans>"
    return f"<CINdetails>{inner}</CINdetails>"
