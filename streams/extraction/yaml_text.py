"""YAML by libyaml where PyYAML was built with it, as its wheels are: ten times as fast as in Python."""

from __future__ import annotations

from typing import Any, Final

import yaml

LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """Read a document of plain values.

    Raises:
        yaml.YAMLError: It is not YAML.
    """
    return yaml.load(text, Loader=LOADER)  # a safe loader
