"""English numerals and names of days, and what the Chinese grammar calls them."""

from typing import Final

NUMERALS: Final = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
}  # fmt: skip
NUMERAL: Final = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(NUMERALS, key=len, reverse=True))})"
WEEKDAYS: Final = dict(zip("mon tue wed thu fri sat sun".split(), "一二三四五六日", strict=True))
WEEKDAY: Final = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:r?s|r|[a-z]*day)?(?:'?s)?(?![a-z])"
MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}  # fmt: skip
MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:t|e|y|ch|il|ust|r?uary|"
    r"[a-z]*ber)?(?![a-z])\.?"
)
FESTIVALS: Final = {
    r"(?:the )?(?:chinese|lunar) new year|spring festival|cny": "春节",
    r"new year'?s eve": "12月31号",
    r"new year(?:'?s)?(?: day)?": "元旦",
    r"national (?:day|holidays?)|golden week": "国庆",
    r"labou?r day|may day": "五一",
    r"dragon boat(?: festival)?": "端午",
    r"mid-?autumn(?: festival)?|moon festival": "中秋",
    r"qingming(?: festival)?|tomb[- ]sweeping(?: day)?": "清明",
    r"christmas eve|xmas eve": "平安夜",
    r"christmas(?: day)?|x-?mas": "圣诞节",
}
WEEKS: Final = {"next": "下", "this": "本", "last": "上", "coming": "", "upcoming": "", "following": "下"}


def value(said: str) -> float:
    """The value of an English numeral or of digits."""
    return NUMERALS[said] if said in NUMERALS else float(said)


def short(count: float) -> str:
    """A number as it is written in a sentence: 3, 1.5."""
    return f"{count:g}"
