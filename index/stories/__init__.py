"""Stories: the entries that tell the same launch, under the id of the one that leads."""

from index.stories.meaning import MeaningTies
from index.stories.placing import Placing, titled
from index.stories.ties import Tie, ties_of

__all__ = ["MeaningTies", "Placing", "Tie", "ties_of", "titled"]
