"""``kiosk worker``: the process that performs this kiosk's jobs."""

import argparse
import os
import signal
import sys
import time

import structlog

from kiosk.commands.arguments import add_config
from kiosk.errors import ExitCode, SpoolUnwritable

LOCK_EVERY_S = 0.5
GIVES_WAY_BY = 19
"""The most niceness there is: whoever stands before the screen comes first on its processors."""

log = structlog.get_logger()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    add_config(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Work until told to stop; a job in hand is then taken up by the next worker."""
    from kiosk.bootstrap import open_appliance
    from kiosk.logs import log_to

    log_to(sys.stdout)
    os.nice(GIVES_WAY_BY)
    appliance = open_appliance(arguments.config)
    stopping = False

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        try:
            with appliance.spool.worker_lock() as is_ours:
                if is_ours:
                    appliance.worker.run(lambda: stopping)
                    return ExitCode.DONE
        except SpoolUnwritable as error:
            log.warning("spool-away", code=error.code)
        time.sleep(LOCK_EVERY_S)
    return ExitCode.DONE
