"""The libraries and fonts we did not write are the files their makers published.

`sha256sum -c vendor.sha256` asks the same question from a shell.
"""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUMS = dict(
    reversed(line.split(maxsplit=1))
    for line in (ROOT / "vendor.sha256").read_text(encoding="utf-8").splitlines()
)
FOLDERS = ("app/web/static/vendor", "app/web/static/fonts", "tests/vendor")


def test_every_vendored_file_is_the_published_one():
    for path, expected in SUMS.items():
        found = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        assert found == expected, f"{path} was changed"


def test_no_vendored_file_escapes_the_sums():
    kept = {
        path.relative_to(ROOT).as_posix()
        for folder in FOLDERS
        for path in (ROOT / folder).iterdir()
        if path.suffix in (".js", ".css", ".woff2")
    }
    assert kept == set(SUMS)


def test_every_vendored_folder_holds_its_licence():
    assert "MIT" in (ROOT / "app/web/static/vendor/socket.io.LICENSE").read_text()
    assert "SIL OPEN FONT LICENSE" in (ROOT / "app/web/static/fonts/OFL.txt").read_text()
    assert "Mozilla Public License" in (ROOT / "tests/vendor/axe.LICENSE").read_text()
