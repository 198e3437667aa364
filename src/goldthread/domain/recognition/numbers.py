"""Numbers that check themselves: the NHS number by its last digit, the unique pupil number by its first letter."""

import re

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NOT_OF_A_NUMBER = re.compile(r"[^0-9A-Za-z]")


def is_nhs_number(written: str) -> bool:
    """Whether ten digits, however they are spaced, are a valid NHS number.

    Weights 10 to 2 of the first nine digits, modulo 11 (NHS data dictionary, NHS number, check digit).
    """
    digits = _NOT_OF_A_NUMBER.sub("", written)
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = (11 - total % 11) % 11
    return check == int(digits[9])


def is_pupil_number(written: str) -> bool:
    """Whether 13 characters are a valid unique pupil number, or a temporary one, which ends with a letter.

    The first letter follows from the others, weighted 2 to 13, modulo 23 (Department for Education, unique pupil
    numbers guide). The letter that ends a temporary number counts by its place among the letters of the check.
    """
    told = written.strip().upper()
    if not re.fullmatch(r"[A-Z]\d{11}[0-9A-Z]", told):
        return False
    last = int(told[12]) if told[12].isdigit() else _UPN_LETTERS.find(told[12])
    if last < 0:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(told[1:12], range(2, 13), strict=True)) + last * 13
    return _UPN_LETTERS[total % 23] == told[0]
