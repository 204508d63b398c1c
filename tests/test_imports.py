"""Who may import whom is written in pyproject.toml; here each rule is seen to bite."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

FORBIDDEN = {
    # contract: (importer, imported)
    "layers": [
        ("kiosk/domain/job.py", "kiosk.errors"),
        ("kiosk/domain/job.py", "kiosk.services"),
        ("kiosk/ports.py", "kiosk.store"),
        ("kiosk/media/__init__.py", "forms"),
        ("kiosk/media/__init__.py", "kiosk.services"),
        ("forms/__init__.py", "kiosk.archive"),
        ("kiosk/services/__init__.py", "kiosk.archive"),
        ("kiosk/services/__init__.py", "kiosk.bootstrap"),
        ("kiosk/archive/__init__.py", "kiosk.store"),
        ("kiosk/store/__init__.py", "kiosk.services"),
        ("hardware/__init__.py", "kiosk.services"),
        ("kiosk/ui/__init__.py", "kiosk.services"),
        ("kiosk/ui/__init__.py", "hardware"),
        ("kiosk/bootstrap/__init__.py", "kiosk.demo"),
    ],
    "adapters": [
        ("kiosk/archive/__init__.py", "kiosk.media"),
        ("kiosk/store/__init__.py", "forms"),
        ("hardware/__init__.py", "kiosk.media"),
    ],
    "makers": [
        ("kiosk/media/__init__.py", "kiosk.config"),
        ("kiosk/text/__init__.py", "kiosk.ports"),
        ("forms/__init__.py", "kiosk.ports"),
    ],
    "rooms": [
        ("forms/typography/__init__.py", "forms.printing"),
        ("forms/printing/__init__.py", "forms.label"),
        ("forms/seal/__init__.py", "forms.release"),
    ],
    "database": [("kiosk/services/__init__.py", "sqlalchemy"), ("hardware/__init__.py", "alembic")],
    "network": [("kiosk/media/__init__.py", "pynetdicom"), ("kiosk/demo/__init__.py", "urllib3")],
    "images": [("hardware/__init__.py", "pycdlib")],
    "documents": [
        ("kiosk/media/__init__.py", "reportlab"),
        ("kiosk/store/__init__.py", "pyhanko"),
        ("kiosk/ui/__init__.py", "pypdfium2"),
    ],
    "screen": [("kiosk/services/__init__.py", "kivy"), ("hardware/__init__.py", "kivy")],
    "devices": [("kiosk/ui/__init__.py", "pyudev"), ("kiosk/services/__init__.py", "pyudev")],
    "screens": [
        ("kiosk/ui/__init__.py", "kiosk.media"),
        ("kiosk/ui/screens/__init__.py", "kiosk.config"),
        ("kiosk/text/__init__.py", "forms"),
    ],
}
CASES = [(contract, *pair) for contract, pairs in FORBIDDEN.items() for pair in pairs]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in ("kiosk", "hardware", "forms"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-cache", "--no-logo", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.lab
@pytest.mark.parametrize(("contract", "importer", "imported"), CASES)
def test_a_forbidden_import_breaks_its_contract(
    copy: Path, contract: str, importer: str, imported: str
) -> None:
    with (copy / importer).open("a") as module:
        module.write(f"\nimport {imported}\n")
    checked = lint_imports(copy, "--contract", contract)
    assert checked.returncode == 1, checked.stdout
    assert imported in checked.stdout


@pytest.mark.lab
def test_the_code_as_it_stands_keeps_every_contract() -> None:
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout


def test_every_contract_is_tried() -> None:
    configured = (ROOT / "pyproject.toml").read_text().split("[[tool.importlinter.contracts]]")[1:]
    assert len(configured) == len(FORBIDDEN)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "kiosk/domain").rglob("*.py")), ids=lambda p: p.name
)
def test_the_domain_imports_the_standard_library_and_itself_only(path: Path) -> None:
    for name in imported_names(path.read_text()):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("kiosk.domain")


def imported_names(source: str) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return names
