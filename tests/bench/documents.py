"""Forms and receipts: how long somebody waits for the paper that they have just signed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from forms.receipt.page import render_receipt
from forms.receipt.record import RECORD_NAME, encode_record
from forms.release.signed_form import signed_form
from forms.seal.new_key import make_seal_key
from forms.seal.place import PemPair
from forms.seal.seal import Seal, load_seal
from kiosk.text.words import LANGUAGES
from tests.bench.table import Row, best_of, seconds
from tests.forms.builders import SIGNED_AT, a_consent, form_facts, receipt_facts

EXAMS = 5
"""What a patient has on average."""
LONGEST_MS = 150.0
LONGEST_FIRST_MS = 2000.0
ROUNDS = 7


def documents(folder: Path) -> list[Row]:
    """Measure form and receipt with their seals, in the language that takes longest."""
    seal = seal_in(folder)
    first_ms = float(
        subprocess.run(
            [sys.executable, "-m", "tests.bench.documents", folder],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    return [
        _slowest("form as shown and signed, RSA-3072 seal", lambda each: form(each, seal)),
        _slowest("receipt, RSA-3072 seal", lambda each: receipt(each, seal)),
        _row("the first form of a process", first_ms, LONGEST_FIRST_MS),
    ]


def seal_in(folder: Path) -> Seal:
    """Return the seal of a folder; it is made on first need."""
    files = PemPair.in_folder(folder)
    if not folder.exists():
        make_seal_key(files, "Bench", SIGNED_AT)
    return load_seal(files)


def form(language: str, seal: Seal) -> None:
    """Make a form as ``kiosk.services`` does when somebody has signed."""
    facts = form_facts(studies=EXAMS, consent=a_consent(language=language))
    signed_form(facts, seal, "5a" * 32, SIGNED_AT)


def receipt(language: str, seal: Seal) -> None:
    """Make the receipt of the same."""
    facts = receipt_facts(form=form_facts(studies=EXAMS, consent=a_consent(language=language)))
    seal.seal(render_receipt(facts), SIGNED_AT, {RECORD_NAME: encode_record(facts)})


def _slowest(name: str, make: Callable[[str], None]) -> Row:
    spent = best_of(ROUNDS, *(lambda each=each: seconds(lambda: make(each)) for each in LANGUAGES))
    longest, language = max(zip(spent, LANGUAGES, strict=True))
    return _row(f"{name}, {EXAMS} exams, slowest of six languages ({language})", 1000 * longest)


def _row(name: str, spent_ms: float, longest_ms: float = LONGEST_MS) -> Row:
    return Row(f"{name}; {longest_ms:g} ms", "ms", spent_ms, longest_ms, 1)


if __name__ == "__main__":  # python -m tests.bench.documents FOLDER: the first form
    seal_of_folder = seal_in(Path(sys.argv[1]))
    begun = time.perf_counter()
    form("en", seal_of_folder)
    print(1000 * (time.perf_counter() - begun))
