"""Which published measure each of our measures is to be laid beside, what to bear in mind, and where series break."""

from dataclasses import dataclass

PER_10K = "per 10,000"

LATEST_PERIOD = "Annex A covers the last six months; the published figure a year to 31 March."


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A published measure: its code in the interactive tool, and why ours may differ from it.

    `numerator` and `denominator` are the published counts behind the percentage, where there are any; several are
    added up. Where `from_percent`, the published percentage times the denominator stands in for a numerator, or the
    numerator divided by it for a denominator: near, but not exact.
    """

    lait: str
    cautions: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    from_percent: bool = False
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class Break:
    """A series that changes its meaning: figures before `year` are not to be joined to those from it on."""

    year: int
    reason: str


COUNTERPARTS: dict[str, Counterpart] = {
    "FD-04": Counterpart("CPP_Total_Rateper10,000", unit=PER_10K),
    "FD-05": Counterpart("ReReferral", (LATEST_PERIOD,), denominator=("CPP_Total_NumRef",), from_percent=True),
    "FD-06": Counterpart("CIN_Refferals_NFA", (LATEST_PERIOD,)),
    "AS-01": Counterpart("Continue_Assess_Comp", (LATEST_PERIOD,)),
    "CN-01": Counterpart("CIN", unit=PER_10K),
    "CP-01": Counterpart("Section_47", unit=PER_10K),
    "CP-02": Counterpart(
        "CP_conf_15days",
        (LATEST_PERIOD,),
        numerator=("10_ICPC", "15_ICPC"),
        denominator=("10_ICPC", "15_ICPC", "20_ICPC", "21_ICPC"),
    ),
    "CP-06": Counterpart("CPP_rate", unit=PER_10K),
    "CP-07": Counterpart("CPP_Abuse_Rate", unit=PER_10K),
    "CP-08": Counterpart("PrevRegCPR", (LATEST_PERIOD,), numerator=("ReRegCPR",), denominator=("CPP_Abuse",)),
    "CP-10": Counterpart("CPPlans2yrsActive"),
    "CP-11": Counterpart("CPPlans2yrs", (LATEST_PERIOD,)),
    "CP-12": Counterpart(
        "RevCP",
        ("Annex A holds the latest review only; the published figure asks for every review in time.",),
        numerator=("CPP_Reviewed_InReqTimeScl",),
        denominator=("CPP_31March_3MnthorMore",),
    ),
    "CP-17": Counterpart("CareApplications", unit=PER_10K),
    "CLA-01": Counterpart("LAC", unit=PER_10K),
    "CLA-02": Counterpart("LAC_Start_Rate", unit=PER_10K),
    "CLA-03": Counterpart("Unacc_Asylmn_Seek_Childn%"),
    "CLA-04": Counterpart("LACStable_2016on", numerator=("LACStableNum_2016on",), denominator=("LACnum",)),
    "CLA-06": Counterpart("LAC_LongStable%", numerator=("LAC_LongStableNum",), from_percent=True),
    "CLA-07": Counterpart("LACDistance"),
    "CLA-10": Counterpart("LAC_Foster_Placements"),
    "CLA-11": Counterpart("LAC_SecHome_And_ChildHome"),
    "CLA-12": Counterpart("LAC_Ind_SInd_Liv_Arr"),
    "CLA-13": Counterpart("LAC_Other_Place_Inc_Unreg"),
    "CLA-18": Counterpart("Stability_SocialWorker"),
    "CLA-19": Counterpart("Stability_School"),
    "CLA-21": Counterpart("LAC_ceased_SGO%"),
    "CLA-22": Counterpart("LAC_Convictions"),
    "HE-02": Counterpart(
        "LACHealth%", ("The published figure asks for two assessments in the year of a child under five.",)
    ),
    "HE-03": Counterpart("LACDental%"),
    "HE-04": Counterpart("LACVaccinations%"),
    "HE-06": Counterpart("Emotional_LAC", unit="points"),
    "MI-01": Counterpart("Children_missing"),
    "CL-01": Counterpart(
        "CareLeaverEET",
        ("The published count of care leavers is the one used for accommodation, slightly too small.",),
        numerator=("CareLeaverEETNum",),
        denominator=("NoCareLeavers",),
    ),
    "CL-03": Counterpart("CareLeaversNEET"),
    "CL-05": Counterpart("LAC_19_HE"),
    "CL-06": Counterpart("CareLeaverAcc", numerator=("NoCareLeaverAcc",), denominator=("NoCareLeavers",)),
    "CL-08": Counterpart("CareLeavers_LA_NotInTouch"),
    "CL-12": Counterpart("StayingPut"),
    "AD-01": Counterpart("%_of LAC Adopted"),
    "WF-01": Counterpart("Work_Force_Vac_Rate"),
    "WF-02": Counterpart("Work_Force_TO_Rate"),
    "WF-03": Counterpart("Work_Force_Agecy_Rate"),
    "WF-04": Counterpart("Work_Force_AvgNumCase_SW", unit="cases"),
}
"""Ours to published. What is not here has no national series."""

UNITS: dict[str, str] = {entry.lait: entry.unit for entry in COUNTERPARTS.values()}
"""By published measure."""

LEAVERS_FROM_2014 = Break(
    2014, "Until 2013 only 19-year-olds who had been looked after at 16 were counted; since then everyone of 19 to 21."
)
PLACES_FROM_2024 = Break(2024, "The codes for supported accommodation changed in 2023 and 2024.")

BREAKS: dict[str, tuple[Break, ...]] = {
    "CareLeaverEET": (LEAVERS_FROM_2014,),
    "CareLeaversNEET": (LEAVERS_FROM_2014,),
    "CareLeaverAcc": (LEAVERS_FROM_2014,),
    "LAC_19_HE": (LEAVERS_FROM_2014,),
    "LAC_Ind_SInd_Liv_Arr": (PLACES_FROM_2024,),
    "LAC_Other_Place_Inc_Unreg": (PLACES_FROM_2024,),
    "LACStable_2016on": (Break(2016, "The way in which placements are counted changed."),),
}
"""By published measure."""

KNOWN_GAPS: tuple[tuple[str, int, int, str, str], ...] = (
    (
        "Hackney",
        2021,
        2022,
        "children in need",
        "Hackney sent no children in need data after an attack on its systems.",
    ),
    ("Hampshire", 2024, 2024, "children in need", "The Department calls Hampshire's children in need data unreliable."),
    ("Barnsley", 2023, 2023, "care leavers", "Barnsley's care leavers are missing."),
)
"""Authority, first and last year, which data, and why: gaps known for all measures of one kind."""

NO_NATIONAL_LINE: dict[str, str] = {
    "FirstYJS": "England is printed on another scale than regions and authorities.",
    "NoCareLeavers": "England is the number used for accommodation, not for activity.",
}
"""Published measures whose England figure must not be drawn beside the others, with the reason."""
