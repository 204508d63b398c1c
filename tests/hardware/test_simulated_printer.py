"""The printer made of a folder, and what another process does to it."""

import multiprocessing
from pathlib import Path

import pytest

from hardware.simulated.printer import FolderPrinter, PrinterFaults, faults_of, set_faults
from kiosk.errors import ExitCode, KioskError, PrinterAway, PrinterEmpty, error_of

PDF = b"%PDF-1.4 a receipt"
MANY = 150


def printed(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf"))}


def print_many(folder: Path, title: str) -> None:
    printer = FolderPrinter(folder)
    for _ in range(MANY):
        printer.print(PDF, title)


def test_documents_come_out_in_order(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "tray")
    printer.print(PDF, "Receipt 42")
    printer.print(b"%PDF again", "Ticket A-17")
    assert printed(tmp_path / "tray") == {
        "0001-receipt-42.pdf": PDF,
        "0002-ticket-a-17.pdf": b"%PDF again",
    }


def test_what_a_roll_printer_is_sent_is_named_as_such(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    printer.print(PDF, "Receipt 1")
    printer.print(b"\x1b@ dots", "Receipt 2")
    printer.print(PDF, "Receipt 3")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "0001-receipt-1.pdf",
        "0002-receipt-2.escpos",
        "0003-receipt-3.pdf",
    ]


def test_a_title_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    FolderPrinter(tmp_path / "tray").print(PDF, "../../etc/Über")
    assert list(printed(tmp_path / "tray")) == ["0001-etc-ber.pdf"]


def test_only_its_owner_reads_what_was_printed(tmp_path: Path) -> None:
    FolderPrinter(tmp_path).print(PDF, "receipt")
    assert (tmp_path / "0001-receipt.pdf").stat().st_mode & 0o777 == 0o600


def test_a_printer_whose_folder_is_gone_is_away(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "tray")
    (tmp_path / "tray").rmdir()
    with pytest.raises(PrinterAway):
        printer.print(PDF, "receipt")


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    FolderPrinter(tmp_path).print(PDF, "receipt")
    FolderPrinter(tmp_path).print(PDF, "receipt")
    assert list(printed(tmp_path)) == ["0001-receipt.pdf", "0002-receipt.pdf"]


def test_two_processes_never_share_a_number_and_every_document_is_whole(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    others = [spawn.Process(target=print_many, args=(tmp_path, title)) for title in ("a", "b")]
    for other in others:
        other.start()
    while any(other.is_alive() for other in others):
        assert set(printed(tmp_path).values()) <= {PDF}
    assert [int(name[:4]) for name in printed(tmp_path)] == list(range(1, 2 * MANY + 1))


@pytest.mark.parametrize(
    ("faults", "error"),
    [
        (PrinterFaults(empty=True), PrinterEmpty),
        (PrinterFaults(away=True), PrinterAway),
        (PrinterFaults(empty=True, away=True), PrinterAway),
    ],
)
def test_a_fault_prints_nothing_until_it_is_mended(
    tmp_path: Path, faults: PrinterFaults, error: type[KioskError]
) -> None:
    printer = FolderPrinter(tmp_path)
    set_faults(tmp_path, faults)
    assert faults_of(tmp_path) == faults
    with pytest.raises(error):
        printer.print(PDF, "receipt")
    assert not printed(tmp_path)
    set_faults(tmp_path, PrinterFaults())
    printer.print(PDF, "receipt")
    assert printed(tmp_path) == {"0001-receipt.pdf": PDF}


def test_a_patient_is_told_that_the_desk_has_the_receipt() -> None:
    for code in ("printer-empty", "printer-away"):
        error = error_of(code)
        assert error.patient.endswith("Our staff have your receipt at the desk.")
        assert error.retry_helps
        assert error.exit_code is ExitCode.MEDIUM
