"""How well extracted events agree with gold. Pure: parsed lines in, numbers out.

The measure is the project's own, the one that `tools/score.py` computes beside the annotation
guidelines; a test holds the two together.

Source:
    Annotation guidelines; published gold: one article a line, `{id, published, text, events}`.
"""

from streams.evaluation.measures import Evaluation, Mistake, Tally, evaluate
from streams.evaluation.records import GoldArticle, ScoredEvent, read_gold, read_predictions

__all__ = [
    "Evaluation",
    "GoldArticle",
    "Mistake",
    "ScoredEvent",
    "Tally",
    "evaluate",
    "read_gold",
    "read_predictions",
]
