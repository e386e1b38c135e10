"""Words come in: text to values. Pure: no clock, no files, nothing kept between calls."""

from language.reading import understand

__all__ = ["understand"]
