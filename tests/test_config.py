"""The configuration of the screen: every wrong key is named at once, all else has its default."""

from decimal import Decimal
from pathlib import Path

import pytest

from kiosk.config import Settings, read_settings
from kiosk.errors import ConfigurationWrong

NEEDED = """
[archive]
order = ["folder"]
[archive.folder]
path = "/srv/images"
[store]
url = "sqlite:////var/lib/kiosk/kiosk.db"
[spool]
path = "/var/lib/kiosk/spool"
"""


def settings(folder: Path, more: str = "") -> Settings:
    path = folder / "kiosk.toml"
    path.write_text(NEEDED + more)
    return read_settings(path)


def test_a_kiosk_of_which_nothing_is_said_speaks_six_languages_and_offers_no_device(
    tmp_path: Path,
) -> None:
    plain = settings(tmp_path)
    assert plain.site.languages == ("en", "es", "zh", "ar", "vi", "ru")
    assert plain.screen.size == (1080, 1920)
    assert plain.screen.diagonal_inch == 21.5
    assert plain.screen.fullscreen
    devices = (plain.media.disc_folder, plain.media.stick_folder, plain.print.receipt_folder)
    assert devices == (None, None, None)
    assert not plain.policy.wristbands
    assert plain.policy.prices.disc == 0


def test_prices_are_kept_to_the_cent(tmp_path: Path) -> None:
    given = settings(tmp_path, '[policy.prices]\ncurrency = "EUR"\ndisc = 6.1\nnew_stick = 12\n')
    prices = given.policy.prices
    assert (prices.currency, prices.disc, prices.new_stick) == ("EUR", Decimal("6.1"), 12)


def test_the_first_language_is_the_kiosk_s_own(tmp_path: Path) -> None:
    assert settings(tmp_path, '[site]\nlanguages = ["es", "en"]\n').site.languages[0] == "es"


WRONG = {
    '[site]\nlanguage = "en"\n': "site.language",
    "[site]\nlanguages = []\n": "site.languages",
    '[site]\nlanguages = ["en", "tlh"]\n': "site.languages.1",
    '[site]\nlanguages = ["en", "en"]\n': "site.languages: .*named twice",
    "[screen]\ndiagonal_inch = 0\n": "screen.diagonal_inch",
    "[screen]\nsize = [1080]\n": "screen.size",
    "[screen]\nsize = [10, 1920]\n": "screen.size.0",
    "[policy.prices]\ndisc = -1\n": "policy.prices.disc",
    "[policy.prices]\ndisc = 1.005\n": "policy.prices.disc",
    '[policy.prices]\ncurrency = "dollar"\n': "policy.prices.currency",
    "[policy.prices]\nvinyl = 3\n": "policy.prices.vinyl",
    "[media]\ndisk_folder = '/srv'\n": "media.disk_folder",
    "[print]\nreceipts = '/srv'\n": "print.receipts",
    "[forms]\ntimestamp_url = 'ftp://clock'\n": "forms.timestamp_url",
    "[forms]\ntimestamp_url = 'https://clock'\n": "timestamp_url and timestamp_ca_file",
    "[forms]\ntimestamp_ca_file = '/ca.pem'\n": "timestamp_url and timestamp_ca_file go",
    "[forms]\ntimestamp_limit_s = 60\n": "forms.timestamp_limit_s",
    "[forms.token]\nmodule = '/lib.so'\n": "forms.token.label",
    "[forms]\nkey_file = '/key'\n[forms.token]\nmodule = '/lib.so'\nlabel = 'hsm'\nkey = 'seal'\n"
    "pin_file = '/pin'\n": "key_file or ",
}


@pytest.mark.parametrize(("text", "named"), WRONG.items(), ids=WRONG.values())
def test_a_wrong_key_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigurationWrong, match=named):
        settings(tmp_path, text)


def test_all_wrong_keys_are_named_at_once(tmp_path: Path) -> None:
    text = "[screen]\ndiagonal_inch = 0\nsize = [1]\n[print]\nink = true\n"
    with pytest.raises(ConfigurationWrong) as told:
        settings(tmp_path, text)
    assert all(key in str(told.value) for key in ("diagonal_inch", "screen.size", "print.ink"))
