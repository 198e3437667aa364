"""How often each answer occurs: shapes after the published national statistics for 2025, otherwise invented.

Where a national figure exists, the story aims at Derbyshire's (DfE Local Authority Interactive Tool, 2025):
92.8 % of assessments in 45 working days, 75.7 % of conferences in 15, 28.9 % re-referrals.
"""

from goldthread.synthetic.dice import Weights

SOURCES = Weights(
    {
        "1A": 4.4, "1B": 2.1, "1C": 0.6, "1D": 1.4, "2A": 20.3, "2B": 2.6, "3A": 2.2, "3B": 3.2, "3C": 1.0, "3D": 1.5,
        "3E": 3.1, "3F": 4.0, "4": 1.5, "5A": 5.2, "5B": 4.6, "5C": 3.2, "6": 28.6, "7": 3.4, "8": 3.6, "9": 2.3,
        "10": 1.2,
    }
)  # fmt: skip
NEEDS = Weights({"N1": 57.0, "N2": 8.6, "N3": 3.1, "N4": 9.3, "N5": 14.6, "N6": 2.9, "N7": 0.3, "N8": 2.4})
CLOSURES = Weights({"RC7": 91.0, "RC5": 5.0, "RC3": 3.6, "RC2": 0.1, "RC6": 0.3})
SEEN = Weights({"Y": 96.4, "N": 2.4, "U": 1.2})

# Working days that an authorised assessment took, of first assessments: with the repeated ones, 92.8 % up to 45.
ASSESSMENT_DAYS = Weights({(1, 10): 11.0, (11, 20): 17.0, (21, 30): 21.0, (31, 40): 26.0, (41, 45): 17.8,
                           (46, 60): 6.1, (61, 88): 2.3})  # fmt: skip
# Working days that an open assessment has been open.
OPEN_DAYS = Weights({(0, 15): 38.0, (16, 30): 34.0, (31, 45): 23.5, (46, 75): 4.5})
# Working days from the strategy discussion to the conference: 75.7 % up to 15.
CONFERENCE_DAYS = Weights({(4, 10): 27.0, (11, 15): 48.7, (16, 20): 16.3, (21, 34): 8.0})

# The share of referrals whose child was referred in the twelve months before.
REREFERRED = 0.289
EARLIER_REFERRALS = Weights({1: 74.0, 2: 19.0, 3: 5.5, 4: 1.5})
