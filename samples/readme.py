"""`make readme`: put what commands really print under the commands that the README shows.

A block after `<!-- output: ARGUMENTS -->` is what `teletipo ARGUMENTS` prints, on 96 columns.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COLUMNS = "96"  # about what a page shows without a scroll bar
_BLOCK = re.compile(
    r"(?P<head><!-- output: (?P<arguments>.*) -->\n```text\n)(?P<body>.*?)(?P<foot>^```$)", re.S | re.M
)


def with_real_output(text: str) -> str:
    """Give the text with every output block written anew.

    Raises:
        CalledProcessError: A command failed.
    """
    return _BLOCK.sub(lambda block: block["head"] + output_of(block["arguments"]) + block["foot"], text)


def output_of(arguments: str) -> str:
    """Run `teletipo` and give what it prints, lines without trailing blanks."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TELETIPO_")}
    done = subprocess.run(
        [sys.executable, "-m", "streams.cli", *arguments.split()],
        cwd=ROOT,
        env={**environment, "COLUMNS": COLUMNS, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().split("\n")) + "\n"


if __name__ == "__main__":
    README.write_text(with_real_output(README.read_text("utf-8")), "utf-8")
