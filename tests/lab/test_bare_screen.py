"""The touch screen on the appliance: no X, its own terminal, and a panel that may come loose."""

import pytest

from tests.lab.appliance import START, UI, WORKER, Kiosk
from tests.lab.patience import wait_for

pytestmark = [pytest.mark.lab, pytest.mark.timeout(1500)]


def test_the_screen_comes_up_when_the_machine_starts(welcome: Kiosk) -> None:
    assert welcome.guest.run("cat /sys/class/tty/tty0/active") == "tty1"
    assert {"/dev/tty1", "/dev/dri/card0"} <= welcome.devices(UI)


def test_no_x_and_no_login_prompt_share_the_screen(welcome: Kiosk) -> None:
    assert welcome.accounts_on_tty1() == {"kiosk"}
    assert not welcome.programs() & {"Xorg", "Xwayland", "weston"}


def test_the_screen_runs_under_its_own_account_with_no_rights_beyond(welcome: Kiosk) -> None:
    status = welcome.status(UI)
    account = welcome.guest.run("id -u kiosk")
    assert status["Uid"].split() == [account] * 4
    assert (int(status["CapEff"], 16), int(status["CapBnd"], 16)) == (0, 0)
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")


def test_a_touch_moves_on(welcome: Kiosk) -> None:
    welcome.touch(START)
    welcome.shows("enter-code-empty")


def test_a_panel_that_came_loose_is_heard_again(welcome: Kiosk) -> None:
    welcome.unplug_panel()
    welcome.plug_panel()
    welcome.touch(START)
    welcome.shows("enter-code-empty")


def test_a_panel_that_came_back_under_another_node_is_heard(welcome: Kiosk) -> None:
    before = welcome.panel_node
    welcome.unplug_panel()
    welcome.guest.plug("usb-kbd", "scanner", bus="usb.0")
    wait_for("scanner", lambda: welcome.guest.attempt(f"test -e {before}").code == 0)
    welcome.plug_panel()
    assert welcome.panel_node != before
    welcome.touch(START)
    welcome.shows("enter-code-empty")


def test_a_screen_that_was_killed_comes_back(welcome: Kiosk) -> None:
    before = welcome.pid(UI)
    welcome.guest.run(f"kill -KILL {before}")
    wait_for("new screen", lambda: welcome.pid(UI) not in ("0", before))
    wait_for("end of the old picture", lambda: welcome.look() != "welcome")
    welcome.shows("welcome")
    welcome.touch(START)
    welcome.shows("enter-code-empty")


def test_the_worker_starts_and_stays_up(kiosk: Kiosk) -> None:
    wait_for("worker", lambda: "worker-started" in kiosk.guest.run(f"journalctl --unit={WORKER}"))
    assert kiosk.guest.run(f"systemctl show --property=NRestarts --value {WORKER}") == "0"
