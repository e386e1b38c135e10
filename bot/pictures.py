"""Pictures as files: an SVG drawn as PNG with our own fonts, so that a bare server draws what we have looked at."""

from pathlib import Path
from typing import Final

import resvg_py

FONTS: Final = Path(__file__).parent / "fonts"
FACES: Final = tuple(str(FONTS / f"NotoSansSC-{face}.otf") for face in ("Regular", "Bold"))
MORE: Final = "·–—‘’•‰−±×÷✓©®°¥€éèêüöäñçàáíóúß" + (  # beside GB 2312; the second line: frequent in names
    "镕喆堃昇玥珺琤璟瑀瑄翀旻昉晗晞暐曈祎禤芃苡茗莜蒨薇赟韡頔颢骉鑫垚淼焱犇羴祺钊"
)
_BEYOND: Final = {ord(sign): None for sign in MORE}
_FAMILY: Final = "Noto Sans CJK SC"


def png(svg: str, width: int = 750) -> bytes:
    """The picture, so many pixels wide. Takes some 100 ms, during which no other thread runs.

    A character that our fonts lack (a rare name) is taken from the system's, where it has one."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, width=width, font_files=list(FACES), skip_system_fonts=covered(svg),
        font_family=_FAMILY, sans_serif_family=_FAMILY,
    )  # fmt: skip


def covered(text: str) -> bool:
    """Whether our fonts have every character of the text (bot/fonts/README.md)."""
    try:
        text.translate(_BEYOND).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
