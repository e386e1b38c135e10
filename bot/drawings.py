"""Drawings become files, in a process of their own: while a picture is drawn no other thread of a process runs."""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from bot.pictures import png
from bot.workbooks import xlsx
from usecases.due import Drawing, Due, File


async def drawn(dues: Sequence[Due]) -> list[Due]:
    """The same with their drawings made into files that are kept; what several have is drawn once."""
    wanted = {one.id: one for due in dues for one in due.drawings}
    if not wanted:
        return list(dues)
    made = await asyncio.to_thread(_made, list(wanted.values()))
    files = {file.id: file for file in made}
    return [
        replace(due, kept=(*due.kept, *(files[one.id] for one in due.drawings)), drawings=()) if due.drawings else due
        for due in dues
    ]


def _made(drawings: Sequence[Drawing]) -> list[File]:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as beside:
        contents = list(beside.map(content_of, drawings))
    return [File(id=one.id, name=one.name, content=of) for one, of in zip(drawings, contents, strict=True)]


def content_of(drawing: Drawing) -> bytes:
    """A PNG, or a workbook."""
    return png(drawing.svg) if drawing.svg else xlsx(drawing.sheets)
