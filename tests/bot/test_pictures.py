"""Pictures and workbooks as files: the right size, every character with a glyph of our own, texts that stay texts."""

import io
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from struct import unpack

import openpyxl
import pytest
from fontTools.ttLib import TTFont

from bot.drawings import drawn
from bot.pictures import FACES, MORE, covered, png
from bot.workbooks import xlsx
from cards.sheets import Sheet
from tests.architecture.sources import ROOT
from tests.cards.test_summary_pictures import PICTURES
from tests.catalogue import CHINESE, template, texts, translated
from usecases.due import Drawing, Due, File

GLYPHS = [frozenset(map(chr, TTFont(face).getBestCmap())) for face in FACES]


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = unpack(">II", picture[16:24])
    return wide, high


@pytest.mark.parametrize("name", ["morning", "week", "quiet"])
def test_a_picture_is_twice_as_fine_as_it_is_laid_out(name: str) -> None:
    high = re.search(r'height="(\d+)"', PICTURES[name])
    assert high is not None
    assert size(png(PICTURES[name])) == (750, 2 * int(high[1]))


def test_letters_are_drawn_with_our_own_fonts() -> None:
    """The same picture without its letters is another one: they are drawn though no font of the system is asked."""
    svg = PICTURES["nobody"]
    assert covered(svg)
    assert png(svg) != png(re.sub(r"<text.*?</text>", "", svg))


def test_every_character_that_the_bot_says_has_a_glyph() -> None:
    said = {sign for message in (*template(), *translated()) if message.id
            for text in (*texts(message.id), *texts(message.string)) for sign in text}  # fmt: skip
    said |= {sign for svg in PICTURES.values() for sign in "".join(re.findall(r"<text[^>]*>([^<]*)", svg))}
    said |= {sign for name in _people() for sign in name}
    assert len(said) > 500
    for glyphs in GLYPHS:
        assert not {sign for sign in said if sign.isprintable() and ord(sign) < 0x1F000} - glyphs


def _people() -> Iterable[str]:
    return re.findall(r'"name": "([^"]+)"', (ROOT / "sample" / "company.json").read_text("utf-8"))


def test_what_counts_as_covered_has_glyphs() -> None:
    level_one = (
        bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    )
    every = set("".join(level_one)) | set(MORE) | {chr(code) for code in range(0x20, 0x7F)}
    assert covered("".join(sorted(every)))
    for glyphs in GLYPHS:
        assert not every - glyphs
    assert not covered("㛃"), "a rare name: taken from the system's fonts"
    assert CHINESE.search("".join(every))


ROWS = (("李想", '=HYPERLINK("http://example.com")', 1, 0.975, date(2026, 11, 24), None),
        ("@SUM(A1)", "http://example.com", "007", -1, datetime(2026, 11, 24, 8, 30, tzinfo=UTC), "+1"))  # fmt: skip
SHEET = Sheet(name="每人/[明细]", head=("姓名", "事由", "次", "率", "日期", "注"), rows=ROWS, percents=frozenset({3}))


def test_a_workbook_keeps_text_as_text_and_numbers_as_numbers() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([SHEET])))
    page = book.worksheets[0]
    assert page.title == "每人  明细"
    cells = [[(cell.value, cell.data_type) for cell in row] for row in page.iter_rows()]
    assert cells[0] == [(said, "s") for said in SHEET.head]
    assert cells[1][:4] == [("李想", "s"), ('=HYPERLINK("http://example.com")', "s"), (1, "n"), (0.975, "n")]
    assert cells[1][4] == (datetime(2026, 11, 24), "d")  # noqa: DTZ001 - as Excel has it
    assert cells[2][:3] == [("@SUM(A1)", "s"), ("http://example.com", "s"), ("007", "s")]
    assert cells[2][5] == ("+1", "s")
    assert page["D2"].number_format == "0.0%"
    assert not page._hyperlinks


async def test_what_several_have_is_drawn_once_and_kept_with_each() -> None:
    picture = Drawing(id="p", svg=PICTURES["nobody"])
    book = Drawing(id="b", name="一周小结.xlsx", sheets=(SHEET,))
    dues = [
        Due(receiver="cid:1", drawings=(picture,)),
        Due(receiver="ann", drawings=(picture, book)),
        Due(receiver="x"),
    ]
    group, ann, nobody = await drawn(dues)
    assert (group.drawings, ann.drawings, nobody.kept) == ((), (), ())
    files = [file for file in ann.kept if isinstance(file, File)]
    assert [(file.id, file.name) for file in files] == [("p", ""), ("b", "一周小结.xlsx")]
    assert group.kept == ann.kept[:1]
    assert size(files[0].content)[0] == 750
    assert files[1].content.startswith(b"PK")
