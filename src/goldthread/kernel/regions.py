"""The nine regions of England, by the Department for Education's codes of their authorities.

Facts: the regions of the Office for National Statistics. Authorities that were replaced are kept, for older returns
name them.
"""

import re

REGIONS: dict[str, tuple[str, ...]] = {
    "East Midlands": ("830", "831", "855", "856", "857", "891", "892", "925", "928", "940", "941"),
    "East of England": ("820", "821", "822", "823", "873", "874", "881", "882", "883", "919", "926", "935"),
    "London": (*(str(code) for code in range(201, 214)), *(str(code) for code in range(301, 321))),
    "North East": ("390", "391", "392", "393", "394", "805", "806", "807", "808", "840", "841", "929"),
    "North West": (
        *(str(code) for code in range(340, 345)), *(str(code) for code in range(350, 360)),
        "875", "876", "877", "888", "889", "890", "895", "896", "909", "942", "943",
    ),
    "South East": (
        "825", "826", "845", "846", "850", "851", "852", "867", "868", "869", "870", "871", "872", "886", "887", "921",
        "931", "936", "938",
    ),
    "South West": (
        "420", "800", "801", "802", "803", "835", "836", "837", "838", "839", "865", "866", "878", "879", "880", "908",
        "916", "933",
    ),
    "West Midlands": (
        *(str(code) for code in range(330, 337)), "860", "861", "884", "885", "893", "894", "937",
    ),
    "Yorkshire and The Humber": (
        *(str(code) for code in range(370, 374)), *(str(code) for code in range(380, 385)),
        "810", "811", "812", "813", "815", "816",
    ),
}  # fmt: skip
"""The codes of each region's authorities."""

_OF_CODE = {code: region for region, codes in REGIONS.items() for code in codes}


def region_of(authority: str) -> str | None:
    """The region of an authority whose name begins with its code, as `830 Derbyshire`; None where it is not known."""
    found = re.match(r"\d{3}(?!\d)", authority)
    return _OF_CODE.get(found[0]) if found else None
