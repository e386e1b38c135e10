"""Spoken and written numbers: 两, 十五, 二零二六, 3.5, 一千二, 1,280."""

from typing import Final

_DIGITS: Final = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10000}
SPOKEN: Final = "零〇一二两俩三仨四五六七八九十百千万"
NUMBER: Final = rf"(?:\d+(?:\.\d+)?|[{SPOKEN}]{{1,9}})"


def number(text: str) -> float | None:
    """The value of a numeral, written or spoken; None when it is none."""
    digits = text.replace(",", "")
    if digits.isascii():
        try:
            return float(digits)
        except ValueError:
            return None
    if any(c not in SPOKEN for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return float("".join(str(_DIGITS[c]) for c in text))
    return float(_by_units(text))


def whole(text: str) -> int:
    """A day, month, hour or minute; -1 when the text is no number."""
    value = number(text)
    return -1 if value is None else int(value)


def _by_units(text: str) -> int:
    """一千二 is 1200, 一千零二 is 1002, 一万五 is 15000."""
    total = section = digit = 0
    unit = 10
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
            if digit == 0:
                unit = 10
            continue
        unit = _UNITS[c]
        if unit == 10000:
            total, section = (total + section + (digit if section or digit or total else 1)) * unit, 0
        else:
            section += (digit or 1) * unit
        digit = 0
    return total + section + digit * unit // 10
