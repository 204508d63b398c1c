"""A seal that the tests of one run share."""

import pytest

from forms.seal.new_key import make_seal_key
from forms.seal.place import PemPair
from forms.seal.seal import Seal, load_seal
from tests.forms.builders import SIGNED_AT


@pytest.fixture(scope="session")
def seal(tmp_path_factory: pytest.TempPathFactory) -> Seal:
    files = PemPair.in_folder(tmp_path_factory.mktemp("seal"))
    make_seal_key(files, "Riverside Example Hospital", SIGNED_AT)
    return load_seal(files)
