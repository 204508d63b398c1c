"""Logs: one JSON object a line, with job ids and codes and nothing of a patient."""

import logging
import warnings
from typing import TextIO

import structlog


def log_to(stream: TextIO, level: int = logging.INFO) -> None:
    """Send this program's events to a stream, and silence every library.

    Libraries quote what they stumble over (a name, a date), so none of their words may reach a
    log; what they mean for the work arrives as an error of ours.
    """
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
