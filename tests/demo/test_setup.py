"""The scripts that set a machine up and give the tests a network of their own."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.peers.namespaces import needs_user_namespaces

ROOT = Path(__file__).parents[2]
OWN_NETWORK = str(ROOT / "setup/own-network")
WITHOUT_NETWORKS = "echo 0 > /proc/sys/user/max_net_namespaces; exec "


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def test_debian_packages_that_are_there_are_not_installed_again() -> None:
    ended = run("setup/debian-packages")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_every_debian_package_has_a_name_of_debian() -> None:
    lines = (ROOT / "setup/debian-packages.txt").read_text().splitlines()
    names = [line.split("#")[0].strip() for line in lines]
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9+.-]+", name) for name in names if name)
    assert len(set(names)) == len(names)


@pytest.mark.lab
def test_a_network_of_ones_own_has_nothing_but_loopback() -> None:
    ended = run(OWN_NETWORK, "ip", "-brief", "link")
    assert re.fullmatch(r"lo +UNKNOWN .*\n", ended.stdout)


@pytest.mark.lab
def test_a_commands_exit_code_comes_out_of_its_own_network() -> None:
    assert run(OWN_NETWORK, "sh", "-c", "exit 7").returncode == 7


@pytest.mark.lab
@needs_user_namespaces
def test_a_machine_that_allows_no_such_network_says_what_to_do() -> None:
    command = WITHOUT_NETWORKS + f"{OWN_NETWORK} echo started"
    ended = run("unshare", "--user", "--map-root-user", "sh", "-c", command)
    assert ended.returncode == 1
    assert "started" not in ended.stdout
    assert "make test-quick" in ended.stderr


def test_nothing_names_a_package_registry() -> None:
    lists = ("Makefile", "requirements.lock", "pyproject.toml", "setup/debian-packages")
    for name in lists:
        text = (ROOT / name).read_text()
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text), name


def test_every_python_package_is_locked_with_hashes() -> None:
    requirements = (ROOT / "requirements.lock").read_text().replace("\\\n", "").splitlines()
    assert all("==" in line and "--hash=sha256:" in line for line in requirements)
    assert len(requirements) > 50
