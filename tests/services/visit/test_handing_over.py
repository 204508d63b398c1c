"""The moment before the finished medium: one receipt, the label, or a ticket to come back with."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from forms.facts import ReceiptFacts
from forms.receipt.record import read_record
from forms.receipt.roll import render_receipt_roll
from forms.typography.direction import FENCES
from forms.words import wording_for
from hardware.simulated.printer import PrinterFaults, set_faults
from kiosk.domain.audit import AuditKind
from kiosk.domain.session.asks import Forget, HandOver, PrintTicket
from kiosk.domain.session.events import Found, LabelKnown, ReceiptNotPrinted
from kiosk.domain.session.facts import Label
from kiosk.domain.session.places import Reason
from tests.builders import MARIA
from tests.journeys.kiosks import HeldClock, Kiosk
from tests.services.visit.visitors import Visitor

EMPTY, AWAY = PrinterFaults(empty=True), PrinterFaults(away=True)


def printed(visitor: Visitor) -> list[Path]:
    return sorted((visitor.kiosk.folder / "printed").glob("*.pdf"))


def break_printer(visitor: Visitor, faults: PrinterFaults) -> None:
    set_faults(visitor.kiosk.folder / "printed", faults)


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


@pytest.fixture
def job_id(visitor: Visitor) -> str:
    """A job whose medium is finished."""
    made = visitor.orders()
    visitor.gets_it_made(made)
    return made


def kinds(visitor: Visitor, job_id: str) -> list[AuditKind]:
    return [event.kind for event in visitor.kiosk.appliance.store.audit.events(job_id)]


# The receipt


def test_the_sealed_receipt_is_printed_and_the_label_is_told(
    visitor: Visitor, job_id: str, clock: HeldClock
) -> None:
    day = wording_for("en").day(clock().date())
    label = Label(
        ("Maria Example, born 1 April 1970", f"Imaging release desk, {day}"),
        ("1 exam, DICOM PLUS WEB, 1 of 1",),
    )
    (known,) = visitor.answers(HandOver(job_id))
    assert isinstance(known, LabelKnown)
    assert [line.translate(FENCES) for line in known.label.shared] == list(label.shared)
    assert [line.translate(FENCES) for line in known.label.own] == list(label.own)
    (receipt,) = printed(visitor)
    assert receipt.read_bytes() == visitor.kiosk.document(visitor.kiosk.job(), "receipt")
    assert receipt.name == "0001-receipt-1.pdf"
    assert kinds(visitor, job_id)[-1] is AuditKind.RECEIPT_PRINTED


def test_it_is_printed_once_however_often_the_person_comes_back(
    visitor: Visitor, job_id: str
) -> None:
    for _ in range(2):
        visitor.answers(HandOver(job_id))
    visitor.restart()
    (known,) = visitor.answers(HandOver(job_id))
    assert isinstance(known, LabelKnown)
    assert len(printed(visitor)) == 1


@pytest.mark.parametrize("faults", [EMPTY, AWAY], ids=["empty", "away"])
def test_a_printer_in_trouble_is_said_and_the_receipt_is_printed_next_time(
    visitor: Visitor, job_id: str, faults: PrinterFaults
) -> None:
    break_printer(visitor, faults)
    told = visitor.answers(HandOver(job_id))
    assert [type(event) for event in told] == [ReceiptNotPrinted, LabelKnown]
    assert printed(visitor) == []
    assert kinds(visitor, job_id)[-1] is AuditKind.RECEIPT_NOT_PRINTED
    assert visitor.kiosk.document(visitor.kiosk.job(), "receipt")
    break_printer(visitor, PrinterFaults())
    (known,) = visitor.answers(HandOver(job_id))
    assert isinstance(known, LabelKnown)
    assert len(printed(visitor)) == 1


def test_a_kiosk_without_a_printer_says_so(kiosk: Kiosk, clock: HeldClock) -> None:
    visitor = Visitor(kiosk)
    kiosk.configure(media={"disc_folder": str(kiosk.folder / "discs")})
    visitor.restart()
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    assert [type(event) for event in visitor.answers(HandOver(job_id))] == [
        ReceiptNotPrinted,
        LabelKnown,
    ]


# The paper roll


def test_a_roll_printer_gets_the_facts_of_the_sealed_receipt(
    kiosk: Kiosk, clock: HeldClock
) -> None:
    printed = str(kiosk.folder / "printed")
    visitor = Visitor(kiosk, print={"receipt_folder": printed, "receipt_printer": "roll-80mm"})
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    visitor.answers(HandOver(job_id))
    (roll,) = (kiosk.folder / "printed").glob("*.escpos")
    job = kiosk.job()
    record = read_record(kiosk.document(job, "receipt"), kiosk.appliance.papers.seal.trust)
    facts = ReceiptFacts(
        kiosk.appliance.papers.site,
        job,
        record.handed_over_at,
        record.software,
        sha256(kiosk.document(job, "form")).hexdigest(),
        record.audit_head,
    )
    assert roll.name == "0001-receipt-1.escpos"
    assert roll.read_bytes() == render_receipt_roll(facts)
    visitor.answers(PrintTicket(Reason.NO_EXAMS, "en"))
    assert [path.name for path in sorted((kiosk.folder / "printed").glob("0002*"))] == [
        "0002-ticket.escpos"
    ]


# The label


def with_a_label_printer(kiosk: Kiosk) -> Visitor:
    folders = {"receipt_folder": "printed", "label_folder": "labels"}
    return Visitor(
        kiosk, print={name: str(kiosk.folder / folder) for name, folder in folders.items()}
    )


def test_labels_that_were_printed_are_not_written_by_hand(kiosk: Kiosk, clock: HeldClock) -> None:
    visitor = with_a_label_printer(kiosk)
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    for _ in range(2):
        assert visitor.answers(HandOver(job_id)) == []
    (label,) = (kiosk.folder / "labels").glob("*.pdf")
    assert label.name == "0001-label-1-1.pdf"
    said = text_of(label)
    for line in ("Maria Example", "born 1 April 1970", "DICOM PLUS WEB", "1 of 1"):
        assert line in said
    assert kinds(visitor, job_id)[-1] is AuditKind.LABELS_PRINTED


@pytest.mark.parametrize("faults", [EMPTY, AWAY], ids=["empty", "away"])
def test_without_labels_the_person_writes_what_would_stand_on_them(
    kiosk: Kiosk, clock: HeldClock, faults: PrinterFaults
) -> None:
    visitor, labels = with_a_label_printer(kiosk), kiosk.folder / "labels"
    job_id = visitor.orders()
    visitor.gets_it_made(job_id)
    set_faults(labels, faults)
    (known,) = visitor.answers(HandOver(job_id))
    assert isinstance(known, LabelKnown)
    set_faults(labels, PrinterFaults())
    assert visitor.answers(HandOver(job_id)) == []
    (label,) = labels.glob("*.pdf")
    written = ", ".join([*known.label.shared, *known.label.own]).translate(FENCES)
    for part in written.replace("1 exam, ", "").split(", "):
        assert part in text_of(label)


# The ticket


@pytest.mark.parametrize(
    "reason", [Reason.ARCHIVE_AWAY, Reason.NO_EXAMS, Reason.STILL_GROWING], ids=str
)
def test_a_ticket_says_until_when_the_code_works_and_not_whose_it_is(
    visitor: Visitor, clock: HeldClock, reason: Reason
) -> None:
    known = visitor.enters()
    assert visitor.answers(PrintTicket(reason, "en")) == []
    (ticket,) = printed(visitor)
    said = text_of(ticket)
    assert known.code is not None
    assert f"{known.code.expires_at:%H:%M}" in said
    for private in ("Maria", MARIA.patient_id, "1970"):
        assert private not in said


def test_who_found_the_archive_away_gets_a_ticket_too(visitor: Visitor) -> None:
    digits = visitor.fetch_code()
    visitor.kiosk.break_archive(away=True)
    visitor.types(digits)
    visitor.answers(PrintTicket(Reason.ARCHIVE_AWAY, "en"))
    (ticket,) = printed(visitor)
    assert digits not in text_of(ticket)


def test_the_next_person_s_ticket_says_nothing_of_the_last_one_s_code(visitor: Visitor) -> None:
    visitor.enters()
    visitor.answers(Forget())
    found = visitor.scans(MARIA.patient_id)
    assert isinstance(found, Found)
    visitor.answers(PrintTicket(Reason.STILL_GROWING, "en"))
    (ticket,) = printed(visitor)
    assert "code" not in text_of(ticket)
    assert "wristband" in text_of(ticket)


@pytest.mark.parametrize("faults", [EMPTY, AWAY], ids=["empty", "away"])
def test_a_ticket_that_cannot_be_printed_is_no_trouble(
    visitor: Visitor, faults: PrinterFaults
) -> None:
    visitor.enters()
    break_printer(visitor, faults)
    assert visitor.answers(PrintTicket(Reason.NO_EXAMS, "en")) == []
    visitor.answers(Forget())
