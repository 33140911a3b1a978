"""`make readme`: put what commands really print into the documents that show it.

A block after `<!-- output: ARGUMENTS -->` is what `teletipo ARGUMENTS` prints, on 96 columns; one after
`<!-- run: SCRIPT ARGUMENTS -->` is what a script of ours prints; between `<!-- judges -->` marks stands how
each trained judge did.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "extraction.md")
JUDGES = ROOT / "streams" / "extraction" / "lang" / "es" / "judges"
COLUMNS = "96"  # about what a page shows without a scroll bar
_BLOCK = re.compile(
    r"(?P<head><!-- (?P<how>output|run): (?P<arguments>.*) -->\n```text\n)(?P<body>.*?)(?P<foot>^```$)",
    re.S | re.M,
)
_JUDGES = re.compile(r"(?<=<!-- judges -->\n).*?(?=<!-- /judges -->)", re.S)


def with_real_output(text: str) -> str:
    """Give the text with every output block written anew.

    Raises:
        CalledProcessError: A command failed.
    """
    shown = _BLOCK.sub(
        lambda block: block["head"] + output_of(block["how"], block["arguments"]) + block["foot"], text
    )
    return _JUDGES.sub(lambda _: judges_table(), shown)


def output_of(how: str, arguments: str) -> str:
    """Run `teletipo` (`output`) or a script (`run`); give what it prints, lines without trailing blanks."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TELETIPO_")}
    program = ["-m", "streams.cli"] if how == "output" else []
    done = subprocess.run(
        [sys.executable, *program, *arguments.split()],
        cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT), "COLUMNS": COLUMNS, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip().split("\n")) + "\n"


def judges_table() -> str:
    """Draw a table of the trained judges, from what training wrote into their files."""
    rows = ["| judge | trained on, and how it did out of fold |", "|---|---|"]
    for path in sorted(JUDGES.glob("*.json")):
        rows.append(f"| `{path.stem}` | {json.loads(path.read_text('utf-8'))['trained']} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(with_real_output(document.read_text("utf-8")), "utf-8")
