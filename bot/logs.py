"""Logs: one JSON object a line on standard error; whatever looks like a secret is taken out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

_SECRET: Final = re.compile(r"(?i)(secret|token|ticket|session|password|authorization)")
_IN_TEXT: Final = re.compile(r"(?i)((?:ticket|access_token|session|secret|password)=)[^&\s\"']+")


def set_up(level: int = logging.INFO) -> None:
    """Both structlog's loggers and the standard library's write the same lines."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out values under a secret's name, and secrets in addresses."""
    for key, value in event.items():
        if _SECRET.search(key):
            event[key] = "…"
        elif isinstance(value, str):
            event[key] = _IN_TEXT.sub(r"\1…", value)
    return event
