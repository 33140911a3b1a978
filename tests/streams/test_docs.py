"""What the documentation of settings and errors promises is what there is."""

import re
from pathlib import Path

from schemas import TeletipoError
from streams import errors
from streams.broker_files import BrokerError
from streams.errors import POLICY
from streams.settings import Settings


def test_docs_list_every_setting_and_no_other(root: Path) -> None:
    rows = re.findall(
        r"^\| `(\w+)` \|.*\| (.+) \|$", (root / "docs" / "settings.md").read_text("utf-8"), re.M
    )
    assert dict(rows) == {name: field.description for name, field in Settings.model_fields.items()}


def test_docs_list_every_code_and_no_other(root: Path) -> None:
    headings = re.findall(r"^### `([\w-]+)`$", (root / "docs" / "errors.md").read_text("utf-8"), re.M)
    assert len(headings) == len(set(headings))
    ours = [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, TeletipoError)
    ]
    codes = {kind.code for kind in (*POLICY, *ours, BrokerError)}
    assert set(headings) == codes
