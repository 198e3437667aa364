"""From which collection year to which a code of the returns may be used, and what stands for it before or after.

A code that is not named here holds in every year that is read (2021 to 2027). Years are collection years, named by the
March in which they end. Sources: the Department for Education's guides and schemas of the returns, as told by the
changes of each year; where only one schema was seen, the year is the earliest or latest it can be, and `sure` is False.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeYears:
    """The years of one code of one list, both ends included; `instead` stands for it outside of them."""

    codes: str
    code: str
    instead: tuple[str, ...]
    since: int | None = None
    until: int | None = None
    sure: bool = True

    def __post_init__(self) -> None:
        if (self.since is None) == (self.until is None):
            raise ValueError(f"the code {self.code} of {self.codes} must have either a first or a last year")

    @property
    def says(self) -> str:
        """What is wrong with the code outside its years, and what stands for it there."""
        others = " or ".join(self.instead)
        if not others:
            return f"{self.code} came in with the return of {self.since}; before, nothing stood for it."
        if self.until is not None:
            stands = "stands" if len(self.instead) == 1 else "stand"
            return f"{self.code} ended with the return of {self.until}; {others} {stands} for it since."
        return f"{self.code} came in with the return of {self.since}; before, {others} stood for it."


def _until(codes: str, year: int, instead: dict[str, tuple[str, ...]], *, sure: bool = True) -> tuple[CodeYears, ...]:
    return tuple(CodeYears(codes, code, others, until=year, sure=sure) for code, others in instead.items())


def _since(codes: str, year: int, instead: dict[str, tuple[str, ...]], *, sure: bool = True) -> tuple[CodeYears, ...]:
    return tuple(CodeYears(codes, code, others, since=year, sure=sure) for code, others in instead.items())


_Z1 = ("Z11", "Z12", "Z13", "Z14")

CODE_YEARS: tuple[CodeYears, ...] = (
    *_until("sex", 2024, {"1": ("M",), "2": ("F",)}),
    *_since("sex", 2025, {"U": ()}),
    *_until("placement_903", 2024, {"H5": ("K3",), "P2": ("K3",)}),
    *_since("placement_903", 2024, {"K3": ("H5", "P2")}, sure=False),
    *_until("placement_903", 2025, {"Z1": _Z1}),
    *_since("placement_903", 2026, dict.fromkeys(_Z1, ("Z1",))),
    *_until("ceased_903", 2018, {"E43": ("E45", "E46"), "E44": ("E47", "E48")}),
    *_since(
        "ceased_903", 2019,
        {"E45": ("E43",), "E46": ("E43",), "E47": ("E44",), "E48": ("E44",), "E17": ("E8",)}, sure=False,
    ),
    *_until("activity_903", 2018, {"F3": ("F4", "F5"), "P3": ("P4", "P5")}),
    *_since("activity_903", 2019, {"F4": ("F3",), "F5": ("F3",), "P4": ("P3",), "P5": ("P3",)}, sure=False),
    *_since("placement_change", 2019, {"CUSTOD": ("OTHER",)}, sure=False),
    *_until("accommodation_903", 2021, {"S1": ("S2",), "X1": ("X2",)}, sure=False),
    *_until("assessment_factors", 2025, {"18A": ("18B", "18C"), "19A": ("19B", "19C")}),
)  # fmt: skip
"""Every code that came in or ended, in the order of the lists."""


def years_of(codes: str) -> tuple[CodeYears, ...]:
    """The codes of a list that do not hold in every year."""
    return tuple(each for each in CODE_YEARS if each.codes == codes)
