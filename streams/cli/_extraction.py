"""What the commands that extract in process have in common."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli._shared import note

if TYPE_CHECKING:
    from streams.in_process import Extracted, Extractor
    from streams.settings import Settings

ModelOption = Annotated[
    str | None, typer.Option("--model", help="Name or folder of a Spanish spaCy pipeline; default: ours.")
]
EventTypesOption = Annotated[
    list[Path] | None,
    typer.Option("--event-types", exists=True, dir_okay=False, help="YAML file of a type of your own."),
]
ConfidenceOption = Annotated[
    float | None, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out events below it.")
]


def load_extractor_of(settings: "Settings") -> "Extractor":
    """Load the extractor that the settings call for."""
    from streams.in_process import load_named_extractor

    return load_named_extractor(
        settings.extractor,
        model=settings.model,
        event_types=settings.event_types,
        min_confidence=settings.min_confidence,
    )


def note_failure(extracted: "Extracted") -> None:
    """Tell on stderr which article failed, where it stands and why."""
    if extracted.error is not None:
        note(f"{extracted.place}: {extracted.error.code}: {extracted.error.detail}")
