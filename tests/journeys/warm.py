"""Loads all that a command may load, once, before processes are forked from here."""

from importlib import import_module

from PIL import Image

from forms.typography.fonts import check_fonts

MODULES = (
    "_cffi_backend",
    "forms.seal.cms_check",
    "forms.seal.pades",
    "forms.readiness",
    "kiosk.__main__",
    "kiosk.bootstrap.front",
    "kiosk.consent_file",
    *(
        f"kiosk.commands.{name}"
        for name in ("audit", "check", "code", "demo", "outcome", "release", "verify", "worker")
    ),
    "kiosk.ui.app",
    "lxml.etree",
    "tests.journeys.processes",
)

for name in MODULES:
    import_module(name)
Image.init()
check_fonts()
