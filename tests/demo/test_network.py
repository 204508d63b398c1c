"""The guard before servers that listen on every interface."""

import subprocess
import sys

import pytest

CHECK = "from kiosk.demo.network import require_loopback_only; require_loopback_only()"


def checked_after(*commands: str) -> subprocess.CompletedProcess[str]:
    """Run the guard in a network of its own, after some commands of ip(8)."""
    script = " && ".join((*(f"ip {command}" for command in commands), 'exec "$0" -c "$1"'))
    return subprocess.run(
        ["unshare", "--net", "sh", "-c", script, sys.executable, CHECK],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(autouse=True)
def _may_unshare() -> None:
    if subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let us make a network of our own")


def test_loopback_alone_is_let_through() -> None:
    assert checked_after("link set lo up").returncode == 0


def test_an_interface_that_is_down_does_no_harm() -> None:
    assert checked_after("link add veth0 type veth peer name veth1").returncode == 0


def test_an_interface_that_is_up_is_named_with_what_to_do() -> None:
    said = checked_after("link add veth0 type veth peer name veth1", "link set veth0 up")
    assert said.returncode != 0
    assert "veth0 up" in said.stderr
    assert "make test" in said.stderr
