"""Pictures of summaries: everything that matters is in them, inside of them, and nothing that was written is markup."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from cards import svg
from cards.card import Frame
from cards.day_pictures import evening_svg, morning_svg
from cards.paper import WIDE, initials
from cards.period_picture import period_svg
from cards.svg import fit, safe, width, wrapped
from tests.cards.summary_samples import CROWD, EMPTY, EN, EVENING, EVIL, MORNING, NOBODY, QUIET, WEEK, ZH

SVG = "{http://www.w3.org/2000/svg}"
FOOT = "点头 · 11月24日 08:50"


def drawn(frame: Frame = ZH) -> dict[str, str]:
    name = "某某集团华东区域销售与渠道管理中心第一事业部"
    return {
        "morning": morning_svg(MORNING, name, FOOT, frame),
        "crowd": morning_svg(CROWD, name, FOOT, frame),
        "nobody": morning_svg(NOBODY, name, FOOT, frame),
        "evening": evening_svg(EVENING, name, FOOT, frame),
        "lead": evening_svg(EVENING, name, FOOT, frame, names=True),
        "quiet": evening_svg(QUIET, name, FOOT, frame),
        "week": period_svg(WEEK, name, FOOT, frame),
        "empty": period_svg(EMPTY, name, FOOT, frame),
    }


PICTURES = {**drawn(), **{f"{name} in English": svg for name, svg in drawn(EN).items()}}


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_morning_shows_numbers_names_and_until_when() -> None:
    shown = texts(PICTURES["morning"])
    for said in (
        "早报",
        "11月24日（周二）",
        "30",
        "共 34 人·2 人休息",
        "王芳",
        "到 11月27日（周五）",
        "13:00 起",
        FOOT,
    ):
        assert said in shown
    assert shown[shown.index("不在") - 1] == "3"


def test_of_sixty_twelve_are_drawn_and_the_others_counted() -> None:
    shown = texts(PICTURES["crowd"])
    assert sum(one.startswith("员工") for one in shown) == 12
    assert {"60", "60 人", "还有 48 人"} <= set(shown)


def test_a_group_sees_how_many_were_late_and_the_lead_sees_who() -> None:
    assert "欧阳静怡" not in texts(PICTURES["evening"])
    assert "欧阳静怡" in texts(PICTURES["lead"])


def test_a_week_shows_the_change_the_days_and_the_parts() -> None:
    shown = texts(PICTURES["week"])
    for said in ("97.3%", "比上周 +7.3", "周一", "周五", "96.7%", "31", "+5", "3 天", "研发部", "98%"):
        assert said in shown
    assert "没有工作日" in texts(PICTURES["empty"])


@pytest.mark.parametrize("name", PICTURES)
def test_what_people_wrote_cannot_become_markup(name: str) -> None:
    svg = PICTURES[name]
    assert "\u202e" not in svg
    tags = {node.tag.removeprefix(SVG) for node in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "defs", "linearGradient", "stop", "rect", "circle", "path", "text"}
    assert not re.search(r"(href|src=|url\((?!#band))", svg), "nothing is fetched from elsewhere"


def test_a_name_that_means_harm_is_shown_as_it_is() -> None:
    assert any(EVIL[:5] in one for one in texts(PICTURES["morning"]))


@pytest.mark.parametrize("name", PICTURES)
def test_no_text_leaves_the_picture_and_none_covers_another(name: str) -> None:
    root = ElementTree.fromstring(PICTURES[name])
    high = float(root.attrib["height"])
    boxes = list(_boxes(root))
    assert boxes
    for left, right, base, said in boxes:
        assert left >= 0, said
        assert right <= WIDE + 1, said
        assert base < high, said
    for place, (left, right, base, said) in enumerate(boxes):
        for other_left, other_right, other_base, other in boxes[place + 1 :]:
            apart = right <= other_left + 1 or other_right <= left + 1 or abs(base - other_base) > 8
            assert apart, f"{said} and {other}"


def _boxes(root: ElementTree.Element) -> Iterator[tuple[float, float, float, str]]:
    for node in root.iter(f"{SVG}text"):
        said = node.text or ""
        wide = width(said, float(node.attrib["font-size"])) * 0.97
        x = float(node.attrib["x"]) - {"end": wide, "middle": wide / 2}.get(node.attrib.get("text-anchor", ""), 0)
        yield x, x + wide, float(node.attrib["y"]), said


@pytest.mark.parametrize(
    ("name", "said"),
    [("赵明远", "明远"), ("欧阳静怡", "静怡"), ("李", "李"), ("John Smith", "JS"), ("Bo", "B"), ("Ann van Dyk", "AD")],
)
def test_whose_picture_it_is(name: str, said: str) -> None:
    assert initials(name) == said


def test_a_line_that_is_too_long_is_cut() -> None:
    assert fit("研发部", 100, 13) == "研发部"
    assert fit("研发部平台组", 50, 13) == "研发…"
    assert fit("长", 5, 13) == "…"


@pytest.mark.parametrize("long", ["a" * 6000, "好" * 6000, "a " * 3000, "好，" * 3000, "ab好 12" * 1000])
def test_one_long_word_is_cut_to_the_lines_there_are_in_few_steps(long: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    def counting(sign: str) -> str:
        nonlocal looked
        looked += 1
        return unicodedata.east_asian_width(sign)

    signs = SimpleNamespace(east_asian_width=counting, category=unicodedata.category)
    monkeypatch.setattr(svg, "unicodedata", signs)
    lines = wrapped(long, 300, 13, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert fit(long, 300, 13).endswith("…")
    assert looked < 6000, "no more than the lines need"
    assert all(width(line, 13) <= 313 for line in lines)


def test_a_word_that_is_longer_than_a_line_goes_on_in_the_next() -> None:
    assert wrapped("a" * 10, 30, 10, 3) == ("aaaaa", "aaaaa")
    assert wrapped("a" * 30, 30, 10, 3) == ("aaaaa", "aaaaa", "aaaa…")


@pytest.mark.parametrize("said", ["完成👨‍👩‍👧联调🎉", "完成联调☎️👍🏽", "🇨🇳完成联调1️⃣"])
def test_emoji_are_no_empty_boxes(said: str) -> None:
    assert safe(said).replace("1", "") == "完成联调"
    assert wrapped(said, 300, 13)[0] == safe(said)


def test_the_symbols_that_are_drawn_are_in_the_fonts() -> None:
    for font in (Path(svg.__file__).parent.parent / "bot" / "fonts").glob("*.otf"):
        known = TTFont(font).getBestCmap()
        assert [sign for sign in svg._SIGNS if ord(sign) not in known] == []
    assert safe("≥ 3 天 → 25℃ ①") == "≥ 3 天 → 25℃ ①"
