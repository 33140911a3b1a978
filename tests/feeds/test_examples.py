"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import streams.feeds

MODULES = [
    "streams.feed_settings",
    *(f"streams.feeds.{m.name}" for m in pkgutil.iter_modules(streams.feeds.__path__)),
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
