"""Which published measure each of our measures is to be laid beside, what to bear in mind, and where series break."""

from dataclasses import dataclass

PER_10K = "per 10,000"

LATEST_PERIOD = "Annex A covers the last six months; the published figure a year to 31 March."

CHILDREN_FROM = ("CPP_Total_NumRef", "CPP_Total_Rateper10,000")
"""A published count and its rate: together they tell how many children aged 0 to 17 live in each authority."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A published measure: its code in the interactive tool, and why ours may differ from it.

    `cautions` hold whatever ours was asked of; `of_lists` where it was asked of the lists of Annex A, and `of_record`
    where it was asked of the record. `numerator` and `denominator` are the published counts behind the percentage,
    where there are any; several are added up. Where `from_percent`, the published percentage times the denominator
    stands in for a numerator, or the numerator divided by it for a denominator: near, but not exact. Of a rate the
    numerator is the published count of events.
    """

    lait: str
    cautions: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    from_percent: bool = False
    unit: str = "%"
    of_lists: tuple[str, ...] = ()
    of_record: tuple[str, ...] = ()

    def said(self, *, of_record: bool) -> tuple[str, ...]:
        """Why ours may differ, by what ours was asked of."""
        return (*self.cautions, *(self.of_record if of_record else self.of_lists))


@dataclass(frozen=True, slots=True)
class Break:
    """A series that changes its meaning: figures before `year` are not to be joined to those from it on."""

    year: int
    reason: str


_OF_THOSE_IN_CARE = ("LACnum",)
_OF_THOSE_WHO_LEFT = ("LACceased",)
_LEAVERS = ("NoCareLeavers",)
_SIX_MONTHS = (LATEST_PERIOD,)

COUNTERPARTS: dict[str, Counterpart] = {
    "FD-04": Counterpart(
        "CPP_Total_Rateper10,000",
        ("Nationally no referral is recorded of a child whose case is open; ours counts whatever was handed in.",),
        numerator=("CPP_Total_NumRef",),
        unit=PER_10K,
    ),
    "FD-05": Counterpart("ReReferral", of_lists=_SIX_MONTHS, denominator=("CPP_Total_NumRef",), from_percent=True),
    "FD-06": Counterpart(
        "CIN_Refferals_NFA", of_lists=_SIX_MONTHS, denominator=("CPP_Total_NumRef",), from_percent=True
    ),
    "AS-01": Counterpart("Continue_Assess_Comp", of_lists=_SIX_MONTHS),
    "CN-01": Counterpart(
        "CIN",
        ("The published rate counts every case open in the census; ours leaves out a case without a primary need.",),
        unit=PER_10K,
    ),
    "CP-01": Counterpart("Section_47", unit=PER_10K),
    "CP-02": Counterpart(
        "CP_conf_15days",
        of_lists=_SIX_MONTHS,
        numerator=("10_ICPC", "15_ICPC"),
        denominator=("10_ICPC", "15_ICPC", "20_ICPC", "21_ICPC"),
    ),
    "CP-06": Counterpart("CPP_rate", numerator=("CPP_Num",), unit=PER_10K),
    "CP-07": Counterpart(
        "CPP_Abuse_Rate",
        ("The published tool calls a low rate the better. Here neither way is, so there is no quarter.",),
        numerator=("CPP_Abuse",),
        unit=PER_10K,
    ),
    "CP-08": Counterpart("PrevRegCPR", of_lists=_SIX_MONTHS, numerator=("ReRegCPR",), denominator=("CPP_Abuse",)),
    "CP-10": Counterpart("CPPlans2yrsActive", denominator=("CPP_Num",), from_percent=True),
    "CP-11": Counterpart("CPPlans2yrs", of_lists=_SIX_MONTHS),
    "CP-12": Counterpart(
        "RevCP",
        of_lists=("Annex A holds the latest review only; the published figure asks for every review in time.",),
        of_record=("Ours asks for the reviews of the last 12 months; the published figure for every one of the plan.",),
        numerator=("CPP_Reviewed_InReqTimeScl",),
        denominator=("CPP_31March_3MnthorMore",),
    ),
    "CP-17": Counterpart("CareApplications", unit=PER_10K),
    "CLA-01": Counterpart("LAC", numerator=("LACnum",), unit=PER_10K),
    "CLA-02": Counterpart(
        "LAC_Start_Rate",
        ("The published rate counts a child once a year; ours counts each period of care that began.",),
        numerator=("LACnum_Start",),
        unit=PER_10K,
    ),
    "CLA-03": Counterpart(
        "Unacc_Asylmn_Seek_Childn%", numerator=("Unacc_Asylmn_Seek_Childn",), denominator=_OF_THOSE_IN_CARE
    ),
    "CLA-04": Counterpart("LACStable_2016on", numerator=("LACStableNum_2016on",), denominator=_OF_THOSE_IN_CARE),
    "CLA-06": Counterpart(
        "LAC_LongStable%",
        ("The published text speaks of the same placement, its newer label and ours of the same carer.",),
        numerator=("LAC_LongStableNum",),
        from_percent=True,
    ),
    "CLA-07": Counterpart("LACDistance", denominator=_OF_THOSE_IN_CARE, from_percent=True),
    "CLA-10": Counterpart("LAC_Foster_Placements", denominator=_OF_THOSE_IN_CARE, from_percent=True),
    "CLA-11": Counterpart("LAC_SecHome_And_ChildHome", denominator=_OF_THOSE_IN_CARE, from_percent=True),
    "CLA-12": Counterpart("LAC_Ind_SInd_Liv_Arr", denominator=_OF_THOSE_IN_CARE, from_percent=True),
    "CLA-13": Counterpart("LAC_Other_Place_Inc_Unreg", denominator=_OF_THOSE_IN_CARE, from_percent=True),
    "CLA-18": Counterpart(
        "Stability_SocialWorker",
        ("The published count includes workers from before the child came into care.",),
    ),
    "CLA-19": Counterpart("Stability_School"),
    "CLA-21": Counterpart("LAC_ceased_SGO%", numerator=("LAC_ceased_SGO",), denominator=_OF_THOSE_WHO_LEFT),
    "CLA-22": Counterpart("LAC_Convictions"),
    "HE-02": Counterpart(
        "LACHealth%", ("The published figure asks for two assessments in the year of a child under five.",)
    ),
    "HE-03": Counterpart("LACDental%"),
    "HE-04": Counterpart("LACVaccinations%"),
    "HE-06": Counterpart("Emotional_LAC", unit="points"),
    "MI-01": Counterpart(
        "Children_missing",
        ("Some authorities record every absence as missing, which the Department reckons at a tenth too many.",),
    ),
    "CL-01": Counterpart(
        "CareLeaverEET",
        ("The published count of care leavers is the one used for accommodation, slightly too small.",),
        numerator=("CareLeaverEETNum",),
        denominator=_LEAVERS,
    ),
    "CL-03": Counterpart("CareLeaversNEET", denominator=_LEAVERS, from_percent=True),
    "CL-05": Counterpart("LAC_19_HE", numerator=("LAC_19_HE_Num",), denominator=_LEAVERS),
    "CL-06": Counterpart("CareLeaverAcc", numerator=("NoCareLeaverAcc",), denominator=_LEAVERS),
    "CL-08": Counterpart("CareLeavers_LA_NotInTouch", denominator=_LEAVERS, from_percent=True),
    "AD-01": Counterpart("%_of LAC Adopted", numerator=("No_of LAC Adopted",), denominator=_OF_THOSE_WHO_LEFT),
    "WF-01": Counterpart("Work_Force_Vac_Rate"),
    "WF-02": Counterpart("Work_Force_TO_Rate"),
    "WF-03": Counterpart("Work_Force_Agecy_Rate"),
    "WF-04": Counterpart("Work_Force_AvgNumCase_SW", unit="cases"),
}
"""Ours to published. What is not here has no national series, or one that asks something else (NOT_PAIRED)."""

NOT_PAIRED: dict[str, str] = {
    "AD-07": "The release tells it in months, and the interactive tool has no figure of it.",
    "CL-12": "The published figure is of those aged 18 to 20 who were with foster carers on their 18th birthday; "
    "ours is of every care leaver aged 19 to 21.",
    "CLA-04M": "The published figure counts placements; ours here counts moves. CLA-04 is the one to compare.",
    "MI-01A": "The release counts missing and away apart; MI-01 is the one to compare.",
}
"""Ours that look like a published figure and ask something else: not laid beside it, and why."""

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
