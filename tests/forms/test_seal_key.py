"""The self-made key of the seal."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from forms.seal.new_key import make_seal_key
from forms.seal.place import Credential, PemPair
from forms.seal.seal import load_seal
from kiosk.errors import ConfigurationWrong
from tests.forms.builders import SIGNED_AT

NAME = "Riverside Example Hospital"

MAKE = """
import sys
from datetime import datetime
from pathlib import Path
from forms.seal.place import PemPair
from forms.seal.new_key import make_seal_key
files = PemPair.in_folder(Path(sys.argv[1]))
sys.stdin.readline()
print(make_seal_key(files, "Riverside Example Hospital", datetime.fromisoformat(sys.argv[2])))
"""


def test_the_first_use_makes_a_seal_that_loads(tmp_path: Path) -> None:
    files = PemPair.in_folder(tmp_path / "new" / "folder")
    assert make_seal_key(files, NAME, SIGNED_AT)
    seal = load_seal(files)
    assert seal.certificate.subject.rfc4514_string() == f"CN={NAME}"
    assert seal.certificate.not_valid_before_utc < SIGNED_AT


def test_the_second_use_leaves_it_as_it_is(tmp_path: Path) -> None:
    files = PemPair.in_folder(tmp_path)
    make_seal_key(files, NAME, SIGNED_AT)
    before = files.key.read_bytes()
    assert not make_seal_key(files, NAME, SIGNED_AT)
    assert files.key.read_bytes() == before


def test_only_the_owner_reads_key_and_passphrase(tmp_path: Path) -> None:
    files = PemPair.in_folder(tmp_path)
    make_seal_key(files, NAME, SIGNED_AT)
    assert files.passphrase is not None
    for path in (files.key, files.passphrase):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in files.key.read_bytes()


def test_nothing_but_the_seal_and_its_lock_is_left(tmp_path: Path) -> None:
    make_seal_key(PemPair.in_folder(tmp_path), NAME, SIGNED_AT)
    assert {path.name for path in tmp_path.iterdir()} == {
        "seal.key.pem",
        "seal.key.pem.lock",
        "seal.cert.pem",
        "seal.passphrase",
    }


def test_processes_that_start_at_once_share_one_seal(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MAKE, str(tmp_path), SIGNED_AT.isoformat()]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    made = [process.communicate(timeout=60)[0].strip() for process in started]
    assert sorted(made) == ["False", "False", "False", "True"]
    load_seal(PemPair.in_folder(tmp_path))


def test_one_interrupted_before_the_key_is_made_anew(tmp_path: Path) -> None:
    files = PemPair.in_folder(tmp_path)
    make_seal_key(files, NAME, SIGNED_AT)
    files.key.unlink()
    assert make_seal_key(files, NAME, SIGNED_AT)
    load_seal(files)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationWrong, match="file"):
        make_seal_key(PemPair.in_folder(tmp_path / "file" / "below"), NAME, SIGNED_AT)


def test_a_new_seal_needs_all_three_names(tmp_path: Path) -> None:
    files = PemPair(tmp_path / "seal.key.pem", tmp_path / "seal.cert.pem")
    with pytest.raises(ConfigurationWrong, match="cert_file and passphrase_file"):
        make_seal_key(files, NAME, SIGNED_AT)


def test_a_key_that_systemd_hands_over_is_never_made(tmp_path: Path) -> None:
    files = PemPair(Credential("key"), tmp_path / "seal.cert.pem", tmp_path / "seal.passphrase")
    assert not make_seal_key(files, NAME, SIGNED_AT)
    assert list(tmp_path.iterdir()) == []


def test_a_long_hospital_name_still_makes_a_seal(tmp_path: Path) -> None:
    assert make_seal_key(PemPair.in_folder(tmp_path), "Riverside " * 20, SIGNED_AT)
